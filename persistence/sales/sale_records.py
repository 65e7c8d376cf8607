"""What a sale changes besides its auction, on record: the offer that it makes or loses, the vehicles kept or freed.

One statement for all lots that an ending decides, in the ending's own transaction. A sale is made by the house itself;
it is taken back by somebody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from persistence.audit import By
    from persistence.database import AnyConnection

_MADE: Final = """
    INSERT INTO audit (at, entity_id, subject, subject_id, action, change)
    SELECT made_at, entity_id, 'offer', id, 'made', jsonb_build_object(
               'number', jsonb_build_array(NULL, number), 'lot', jsonb_build_array(NULL, lot),
               'trader', jsonb_build_array(NULL, trader_id),
               'price', jsonb_build_array(NULL, to_char(price_cents / 100.0, 'FM9999999990.00')))
    FROM offers WHERE auction_id = $1 AND lot = ANY ($2::integer[])
    UNION ALL
    SELECT made_at, entity_id, 'vehicle', offer_lines.vehicle_id, 'reserved', jsonb_build_object(
               'reserved_for_trader_id', jsonb_build_array(NULL, trader_id))
    FROM offers JOIN offer_lines ON offer_lines.offer_id = offers.id
    WHERE auction_id = $1 AND lot = ANY ($2::integer[])
"""
_REVOKED: Final = """
    INSERT INTO audit (at, user_id, entity_id, subject, subject_id, action, change)
    SELECT $4::timestamptz, $5::bigint, entity_id, 'offer', id, 'cancelled', jsonb_build_object(
               'status', jsonb_build_array('validated', status), 'reason', jsonb_build_array(NULL, reason))
    FROM offers WHERE auction_id = $1 AND lot = $2
    UNION ALL
    SELECT $4::timestamptz, $5::bigint, entity_id, 'vehicle', vehicle_id, 'reservation_removed', jsonb_build_object(
               'reserved_for_trader_id', jsonb_build_array(trader_id, NULL))
    FROM offers CROSS JOIN unnest($3::bigint[]) AS freed (vehicle_id)
    WHERE auction_id = $1 AND lot = $2
"""


async def record_sales(connection: AnyConnection, auction_id: int, lots: Sequence[int]) -> None:
    """These lots of the auction have just been sold (§5.4.2, §5.4.3)."""
    await connection.execute(_MADE, auction_id, list(lots))


async def record_revocation(connection: AnyConnection, auction_id: int, lot: int, freed: Sequence[int], by: By) -> None:
    """The lot's sale has just been taken back, and these vehicles are free (§5.4.5)."""
    await connection.execute(_REVOKED, auction_id, lot, list(freed), by.at, by.user_id)
