package io.snowball.customer.loyalty;

/** How a rule counts. */
enum Award {
    /** Of the amount, in points by what a point is worth. */
    PERCENT,
    PER_ROUBLE,
    FIXED,
    /** No points but a thing, once. */
    GIFT
}
