package io.snowball.customer.merge;

enum MergeReason {
    /** Somebody decided it. */
    DECIDED,
    /** An anonymous visitor turned out to be a customer. */
    VISITOR
}
