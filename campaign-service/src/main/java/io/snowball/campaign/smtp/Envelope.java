package io.snowball.campaign.smtp;

import java.util.UUID;

/**
 * One message to one recipient. {@code from} is the return path (empty for none), both addresses as they go on the wire: ASCII, the
 * domain in its xn-- form. {@code message} is header and body with CRLF line ends; it is not copied and must not be changed.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; a copy of every mail would cost more than it protects
public record Envelope(UUID id, String from, String to, byte[] message) {

    /** Neither the addresses nor the message: this may end in a log. */
    @Override
    public String toString() {
        return "Envelope[" + id + ", " + message.length + " bytes]";
    }
}
