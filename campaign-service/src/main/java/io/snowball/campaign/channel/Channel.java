package io.snowball.campaign.channel;

/** Ways to reach a customer. A tariff may be kept for each; campaigns go over e-mail so far. */
public enum Channel {
    EMAIL,
    PUSH,
    SMS,
    CALL
}
