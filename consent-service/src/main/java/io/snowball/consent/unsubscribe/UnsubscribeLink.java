package io.snowball.consent.unsubscribe;

import io.snowball.consent.consent.Channel;
import io.snowball.consent.document.PurposeApi;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/**
 * What an unsubscribe link says. campaign-service makes the same bytes and signs them with
 * {@code SignedLinks.sign("unsubscribe", payload)}: 16 bytes of the message id, 16 bytes of the customer id, both big-endian, then
 * {@code purpose|channel} in UTF-8. Change both or neither: links in old messages must go on working.
 */
record UnsubscribeLink(UUID messageId, UUID customerId, String purpose, Channel channel) {
    /** What the token is signed for. */
    static final String USE = "unsubscribe";

    /** @param payload as {@code SignedLinks.verify} gave it */
    static Optional<UnsubscribeLink> parse(byte[] payload) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(payload);
            UUID messageId = new UUID(bytes.getLong(), bytes.getLong());
            UUID customerId = new UUID(bytes.getLong(), bytes.getLong());
            String rest = StandardCharsets.UTF_8.decode(bytes).toString();
            int bar = rest.indexOf('|');
            String purpose = rest.substring(0, Math.max(bar, 0));
            if (!purpose.matches(PurposeApi.CODE)) {
                return Optional.empty();
            }
            return Optional.of(
                    new UnsubscribeLink(messageId, customerId, purpose, Channel.valueOf(rest.substring(bar + 1))));
        } catch (BufferUnderflowException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
