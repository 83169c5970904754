"""What can happen, in the past tense: from the page, from the world, and as answers to effects."""

from app.till.events.answers import *  # noqa: F403
from app.till.events.base import Event as Event
from app.till.events.page import *  # noqa: F403
from app.till.events.world import *  # noqa: F403
