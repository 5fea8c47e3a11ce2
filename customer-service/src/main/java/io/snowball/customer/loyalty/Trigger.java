package io.snowball.customer.loyalty;

/** What a rule gives points for. */
enum Trigger {
    PURCHASE,
    /** Of a customer who can be recognised: visitors who never said who they are get nothing. */
    REGISTRATION,
    EVENT,
    /** The first paid order of somebody who was invited. */
    REFERRAL
}
