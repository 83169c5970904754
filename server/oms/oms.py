"""The OMS as one object: its database, secrets and images, opened together and closed together."""

from dataclasses import dataclass, field

from server.oms.catching_up import catch_up
from server.oms.changes import Sizes
from server.oms.contacts import Contacts
from server.oms.database import Database
from server.oms.e_invoices import EInvoices
from server.oms.epochs import settle_epoch
from server.oms.guesses import Guesses, codes, known_browsers, passwords
from server.oms.images import Images
from server.oms.irn import SandboxPortal
from server.oms.processor import Processor
from server.oms.providers import Provider, SandboxProvider
from server.oms.sandbox_processor import SandboxProcessor
from server.oms.secrets import Secrets, load_or_make
from server.settings import Settings


@dataclass(frozen=True, slots=True)
class Oms:
    settings: Settings
    database: Database
    keys: Secrets
    images: Images
    provider: Provider
    """Who collects the money of payment links."""
    processor: Processor
    """Who charges cards."""
    e_invoices: EInvoices
    contacts: Contacts
    sizes: Sizes = field(default_factory=Sizes)
    codes: Guesses = field(default_factory=codes)
    passwords: Guesses = field(default_factory=passwords)
    known_browsers: Guesses = field(default_factory=known_browsers)

    def start(self) -> None:
        """Have an image before the first register asks, and work off what waits."""
        self.images.start()
        self.e_invoices.start()
        self.contacts.start()

    def close(self) -> None:
        self.images.stop()
        self.e_invoices.stop()
        self.contacts.stop()
        self.database.close()


def open_oms(settings: Settings) -> Oms:
    """Open the OMS and bring its schema up to date; a new database gets its epoch, a restored one another."""
    oms = wire(settings, load_or_make(settings.secret_file))
    oms.database.migrate()
    with oms.database.write() as session:
        restored = settle_epoch(session)
    if restored:
        oms.images.forget()
    catch_up(oms.database)
    return oms


def wire(settings: Settings, keys: Secrets) -> Oms:
    """Put the parts together, on a database whose schema is up to date."""
    settings.pictures.mkdir(parents=True, exist_ok=True)
    database = Database(settings.database_url)
    images, e_invoices = Images(database, settings.images), EInvoices(database, SandboxPortal(keys))
    processor = SandboxProcessor(database, settings.secret_file.with_name("sandbox-processor.pem"))
    contacts = Contacts(database)
    return Oms(settings, database, keys, images, SandboxProvider(database), processor, e_invoices, contacts)
