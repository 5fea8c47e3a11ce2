package io.snowball.campaign.mail;

/**
 * How text parts are written. {@code QUOTED_PRINTABLE} passes everywhere and keeps a DKIM signature whole when a later server knows no
 * 8BITMIME; {@code EIGHT_BIT} is smaller and cheaper. A part with a line of more than 998 bytes is quoted-printable either way.
 */
public enum TransferEncoding {
    QUOTED_PRINTABLE,
    EIGHT_BIT
}
