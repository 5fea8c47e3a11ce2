package io.snowball.campaign.campaign;

/** What a message is by law: advertising needs consent, the rest does not (consent-service decides, not we). */
public enum MessageClass {
    ADVERTISING,
    SERVICE,
    TRANSACTIONAL,
    AUTH,
    LEGAL
}
