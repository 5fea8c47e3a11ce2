package io.snowball.consent.consent;

/** Over what a message travels; also what a consent to advertising is given for. */
public enum Channel {
    EMAIL,
    SMS,
    PUSH,
    WEB_PUSH,
    CALL,
    TELEGRAM,
    VK,
    MAX,
    WHATSAPP,
    VIBER,
    POST,
    /** For the types of consent that know no channel: all but advertising. */
    ANY
}
