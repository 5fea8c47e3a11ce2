/**
 * Builds and signs e-mail messages: MIME (RFC 2045 to 2049), encoded headers (RFC 2047), one-click unsubscribe (RFC 8058), DKIM (RFC 6376,
 * RFC 8463). Bytes out, nothing kept.
 * Invariants: no value can end a header line (CR, LF and other control characters are refused); lines end in CRLF and have at
 * most 998 bytes; the headers that mailbox providers demand of mass mail are on one line each and covered by the signature.
 * May not: know templates, campaigns or connections.
 */
@NullMarked
package io.snowball.campaign.mail;

import org.jspecify.annotations.NullMarked;
