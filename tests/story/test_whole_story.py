"""The whole story, from an empty house to the last invoice, through the public API and the live protocol alone.

Only the first administrator comes another way, by the command line's own function. Every figure was reckoned by hand
from the rules; mail is real, and so are the database, HTTP and the wire.
"""

import pytest

from tests.server.houses import Copies
from tests.story import after_sale, auctions, history, holding, stock, told, traders
from tests.story.stage import staged


@pytest.mark.timeout(240)
async def test_a_holding_sells_what_it_has_to_traders_that_it_invited(copies: Copies) -> None:
    """§1 to §6."""
    async with staged(copies()) as stage:
        await holding.open_the_holding(stage)
        await holding.let_basile_in(stage)

        await traders.sign_up(stage)
        await traders.make_the_list(stage)
        await traders.bid_by_program(stage)

        await stock.import_the_stock(stage)
        await stock.walk_to_sales_stock(stage)

        await auctions.sell_one_by_one(stage)
        await auctions.sell_all_at_once(stage)
        await auctions.read_what_was_decided(stage)

        await after_sale.cancel_one_sale(stage)
        await after_sale.read_the_offers(stage)
        await after_sale.order_both(stage)
        await after_sale.deliver_both(stage)
        await after_sale.invoice_both(stage)

        await told.read_the_mail(stage)
        await told.read_the_notifications(stage)
        await history.read_the_records(stage)
        await history.read_the_auctions(stage)
        await history.read_what_was_bought(stage)
    told.assert_each_once(stage.letters)  # the house is closed: nothing else was on its way
