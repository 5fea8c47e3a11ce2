package io.snowball.customer.loyalty;

/**
 * What a rule gives where it gives no points.
 *
 * @param code which one, as the company knows it
 */
record Gift(Kind kind, String code) {
    enum Kind {
        DISCOUNT,
        PRODUCT,
        GUIDE,
        LESSON,
        CHECKLIST,
        OTHER
    }

    /** Once for each thing that the rule counts; {@link Rule#maxTimes} says how often in all. */
    static final long ONE = 1;
}
