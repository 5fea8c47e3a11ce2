package io.snowball.customer.profile;

/** How a customer likes to be written to. A preference, not a consent. */
public enum PreferredChannel {
    EMAIL,
    SMS,
    PUSH,
    TELEGRAM,
    VK,
    WHATSAPP,
    MAX,
    CALL,
    POST
}
