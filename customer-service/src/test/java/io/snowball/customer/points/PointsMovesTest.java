package io.snowball.customer.points;

import static org.assertj.core.api.Assertions.assertThat;

import io.snowball.customer.points.PointsMoves.Books;
import io.snowball.customer.points.PointsMoves.Transfer;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the books of two need to say after they were taken for one. */
class PointsMovesTest {
    private static final UUID ONE = new UUID(0, 1);
    private static final UUID OTHER = new UUID(0, 2);

    @Test
    void booksThatAgreeNeedNothing() {
        assertThat(PointsMoves.transfers(List.of(new Books(ONE, 10, 5, 0, 10, 5), new Books(OTHER, 0, 0, 7, 0, 0))))
                .isEmpty();
    }

    @Test
    void whatOneSpentOfTheOthersIsTransferred() {
        assertThat(PointsMoves.transfers(List.of(new Books(ONE, -60, 0, 0, 0, 0), new Books(OTHER, 100, 0, 0, 40, 0))))
                .containsExactlyInAnyOrder(
                        new Transfer(ONE, Account.TRANSFER, Account.AVAILABLE, 60),
                        new Transfer(OTHER, Account.AVAILABLE, Account.TRANSFER, 60));
    }

    @Test
    void aDebtThatOnePaidForTheOtherStaysPaid() {
        assertThat(PointsMoves.transfers(List.of(new Books(ONE, 0, 0, -40, 0, 0), new Books(OTHER, 0, 0, 50, 0, 0))))
                .containsExactlyInAnyOrder(
                        new Transfer(ONE, Account.DEBT, Account.TRANSFER, 40),
                        new Transfer(OTHER, Account.TRANSFER, Account.DEBT, 40));
    }
}
