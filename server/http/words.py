"""The words by which answers tell what the book keeps as text, so that the schemas list them and readers know each.

The book bounds them itself (its CHECKs, its queries); here they are only named. A vehicle's status is not among them:
an entity may add its own (§4.2).
"""

from collections.abc import Iterable
from typing import Annotated, TypeAlias

from msgspec import Meta

from engine.after_sale import Document, ExtraKind, OfferStatus, PaymentMethod
from engine.auction.events import Outcome
from engine.auction.state import Status
from engine.auction.terms import Kind
from engine.money import Vat
from engine.notices import NoticeKind
from engine.rights import Right, TradeIns
from engine.stock import LIFE_LINE, Destination, Missing
from engine.vehicle_card import KINDS
from persistence.auctions.lists import DEALER_STATES, TRADER_STATES
from persistence.sales.purchases import STATES as PURCHASE_STATES
from persistence.stock.fields import Shape
from persistence.traders.connections import STATES as CONNECTION_STATES
from persistence.traders.invitations import STATES as INVITATION_STATES
from server.caller import Role


def _among(words: Iterable[str]) -> Meta:
    return Meta(extra_json_schema={"enum": [str(word) for word in dict.fromkeys(words)]})


RoleWord: TypeAlias = Annotated[str, _among(Role)]
LanguageWord: TypeAlias = Annotated[str, _among(("fr", "en"))]
RightWord: TypeAlias = Annotated[str, _among(Right)]
TradeInsWord: TypeAlias = Annotated[str, _among(TradeIns)]

AuctionKindWord: TypeAlias = Annotated[str, _among(Kind)]
AuctionStatusWord: TypeAlias = Annotated[str, _among(Status)]
AuctionStateWord: TypeAlias = Annotated[str, _among((*DEALER_STATES, *TRADER_STATES))]
DealerStateWord: TypeAlias = Annotated[str, _among(DEALER_STATES)]
StandingWord: TypeAlias = Annotated[str, _among(("winning", "losing", "none"))]
TraderOutcomeWord: TypeAlias = Annotated[str, _among(("won", "lost", "declined"))]
OutcomeWord: TypeAlias = Annotated[str, _among(Outcome)]

VatWord: TypeAlias = Annotated[str, _among(Vat)]
VehicleKindWord: TypeAlias = Annotated[str, _among(KINDS)]
StandardStatusWord: TypeAlias = Annotated[str, _among(LIFE_LINE)]
DestinationWord: TypeAlias = Annotated[str, _among(Destination)]
MissingWord: TypeAlias = Annotated[str, _among(Missing)]
FileKindWord: TypeAlias = Annotated[str, _among(("battery_certificate", "document"))]
ShapeWord: TypeAlias = Annotated[str, _among(Shape)]

CompanyKindWord: TypeAlias = Annotated[str, _among(("merchant", "bidder"))]
ConnectionStateWord: TypeAlias = Annotated[str, _among(CONNECTION_STATES)]
InvitationStateWord: TypeAlias = Annotated[str, _among(INVITATION_STATES)]

OfferStatusWord: TypeAlias = Annotated[str, _among(OfferStatus)]
ExtraKindWord: TypeAlias = Annotated[str, _among(ExtraKind)]
OrderStatusWord: TypeAlias = Annotated[str, _among(("placed", "cancelled"))]
PaymentMethodWord: TypeAlias = Annotated[str, _among(PaymentMethod)]
DocumentWord: TypeAlias = Annotated[str, _among(Document)]
DeliveryStatusWord: TypeAlias = Annotated[str, _among(("scheduled", "honoured", "not_honoured", "cancelled"))]
PurchaseStateWord: TypeAlias = Annotated[str, _among(PURCHASE_STATES)]

NoticeKindWord: TypeAlias = Annotated[str, _among(NoticeKind)]
