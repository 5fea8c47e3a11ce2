package io.snowball.customer.identity;

public enum CandidateState {
    OPEN,
    MERGED,
    DIFFERENT_PEOPLE
}
