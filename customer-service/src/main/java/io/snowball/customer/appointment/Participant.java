package io.snowball.customer.appointment;

/** As what the person comes: somebody who buys, or somebody who wants to work here. */
enum Participant {
    CLIENT,
    CANDIDATE
}
