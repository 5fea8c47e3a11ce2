package io.snowball.segmentation.economics;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.money.Money;
import io.snowball.segmentation.economics.LiveSales.Cell;
import io.snowball.segmentation.economics.OfferApi.Action;
import io.snowball.segmentation.economics.OfferApi.OfferView;
import io.snowball.segmentation.economics.OfferApi.OffersView;
import io.snowball.segmentation.rfm.RfmCell;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** G3: whom to offer what, instead of discounts to all. */
@ApplicationScoped
class Offers {
    private final LiveSales live;

    Offers(LiveSales live) {
        this.live = live;
    }

    Uni<OffersView> differentiated(BigDecimal discountShare) {
        return live.cells().map(cells -> view(cells, discountShare));
    }

    private static OffersView view(List<Cell> cells, BigDecimal discountShare) {
        List<OfferView> offers = Arrays.stream(RfmCell.values())
                .map(cell -> offer(cell, cells, discountShare))
                .toList();
        Money toAll = sum(offers, _ -> true);
        Money toSome = sum(offers, OfferView::discounted);
        return new OffersView(
                discountShare,
                "cost = revenue x discountShare, over the cells that get the discount",
                "Customers with an order, by their cell of the RFM grid now",
                toAll,
                toSome,
                new Money(toAll.kopecks() - toSome.kopecks()),
                offers);
    }

    private static Money sum(List<OfferView> offers, Predicate<OfferView> which) {
        return offers.stream().filter(which).map(OfferView::discountToAll).reduce(Money.ZERO, Money::plus);
    }

    private static OfferView offer(RfmCell cell, List<Cell> cells, BigDecimal discountShare) {
        Cell counted = cells.stream().filter(c -> c.cell() == cell).findFirst().orElse(new Cell(cell, 0, Money.ZERO));
        Action action = action(cell);
        long discount = BigDecimal.valueOf(counted.revenue().kopecks())
                .multiply(discountShare)
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact();
        return new OfferView(
                cell,
                cell.nameRu(),
                action,
                action.discounted(),
                counted.customers(),
                counted.revenue(),
                new Money(discount));
    }

    private static Action action(RfmCell cell) {
        return switch (cell) {
            case FIRST_PURCHASE, NEWCOMER -> Action.RETENTION;
            case PROMISING -> Action.GROWTH_TO_VIP;
            case LOYAL -> Action.REFERRAL;
            case VIP -> Action.THANKS_AND_SUPPORT;
            case LOYAL_LOST, PROMISING_LOST -> Action.RETURN;
            case LOYAL_AT_RISK, PROMISING_AT_RISK, ONE_TIME_AT_RISK, ONE_TIME_LOST -> Action.REACTIVATION;
        };
    }
}
