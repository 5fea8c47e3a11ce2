package io.snowball.customer.deal;

/** What it means for a deal to be there. */
enum StageKind {
    OPEN,
    WON,
    LOST;

    boolean isClosed() {
        return this != OPEN;
    }
}
