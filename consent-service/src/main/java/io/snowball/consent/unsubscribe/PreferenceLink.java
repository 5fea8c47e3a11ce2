package io.snowball.consent.unsubscribe;

import io.snowball.consent.consent.Channel;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/**
 * What a link to the preference centre says: 16 bytes of the customer id, big-endian, then the channel that it is sent over in
 * ASCII. It stands here because the unsubscribe page leads there. Whoever signs such links makes the same bytes, with the use {@code preferences}.
 */
public record PreferenceLink(UUID customerId, Channel channel) {
    /** What the token is signed for. */
    public static final String USE = "preferences";

    public byte[] payload() {
        byte[] name = channel.name().getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(16 + name.length)
                .putLong(customerId.getMostSignificantBits())
                .putLong(customerId.getLeastSignificantBits())
                .put(name)
                .array();
    }

    /** @param payload as {@code SignedLinks.verify} gave it */
    public static Optional<PreferenceLink> parse(byte[] payload) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(payload);
            UUID customerId = new UUID(bytes.getLong(), bytes.getLong());
            String channel = StandardCharsets.US_ASCII.decode(bytes).toString();
            return Optional.of(new PreferenceLink(customerId, Channel.valueOf(channel)));
        } catch (BufferUnderflowException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
