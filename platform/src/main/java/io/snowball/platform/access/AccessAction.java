package io.snowball.platform.access;

/** What was done. The same words in every service and in the log. */
public enum AccessAction {
    READ,
    SEARCH,
    /** Many people's data at once, or data in a file. */
    EXPORT,
    CHANGE,
    ERASE,
    /** May we write to these people? One record a batch. */
    DECISION,
    LOGIN,
    /** Of the users of the system. */
    ROLE_CHANGE,
    /** Of what people agree to: texts, purposes, rules. */
    TEXT_CHANGE
}
