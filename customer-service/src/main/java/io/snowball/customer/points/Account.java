package io.snowball.customer.points;

/** Where points are. The first three are the customer's. */
enum Account {
    AVAILABLE,
    HELD,
    /** What the customer owes, after points were taken back that had been spent. */
    DEBT,
    /** Points come from here: what it is short of is what the programme has given. */
    ISSUE,
    REDEEMED,
    EXPIRED,
    /** Between two customers who were taken for one. */
    TRANSFER
}
