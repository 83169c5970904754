"""What the screen where products are sold needs of the state: no more than is drawn, so that a scan leaves it alone."""

from app.sync.mode import Mode, mode
from app.till.ui.scene import Scene

Slice = dict[str, object]


def sell_of(scene: Scene) -> Slice:
    state, browse = scene.state, scene.state.browse
    # Any other obstacle stands in the banner.
    waits = scene.obstacle if mode(scene.known) is Mode.PREPARING else ""
    progress = state.connection.progress if waits else None
    common: Slice = {"text": browse.text, "category": browse.category, "catalogue": state.catalogue}
    common |= {"tiles": browse.tiles, "sought": "" if browse.tiles else browse.text}
    common |= {"looking_up": browse.looking_up, "notice": scene.holds(browse.notice)}
    common |= {"layout": state.preferences.layout, "size": state.preferences.size, "quick": state.quick.tiles}
    return common | {"waits": waits, "progress": progress, "parked": len(state.parking.parked)}
