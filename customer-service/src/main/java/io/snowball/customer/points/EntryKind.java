package io.snowball.customer.points;

enum EntryKind {
    ACCRUAL,
    TAKE_BACK,
    REPAYMENT,
    HOLD,
    RELEASE,
    REDEMPTION,
    REFUND,
    EXPIRY,
    CORRECTION,
    TRANSFER;

    /** Whether siblings hear of it. */
    boolean isTold() {
        return switch (this) {
            case ACCRUAL, TAKE_BACK, REDEMPTION, REFUND, EXPIRY, CORRECTION -> true;
            case REPAYMENT, HOLD, RELEASE, TRANSFER -> false;
        };
    }
}
