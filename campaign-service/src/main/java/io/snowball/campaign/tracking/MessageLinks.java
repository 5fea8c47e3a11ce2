package io.snowball.campaign.tracking;

import io.snowball.platform.SnowballConfig;
import io.snowball.platform.security.SignedLinks;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/** The links of one message, and what is in them when they come back. */
@ApplicationScoped
public class MessageLinks {
    private static final String OPEN = "open";
    private static final String CLICK = "click";
    private static final String UNSUBSCRIBE = "unsubscribe";
    private static final String PREFERENCES = "preferences";
    private static final int UUID_BYTES = 16;
    // In base64 and with the rest it must fit into the 4,096 bytes that a request line may have, and into a mail's
    // line.
    private static final int TARGET_MAX = 600;

    private final SignedLinks links;
    private final String publicUrl;

    MessageLinks(SignedLinks links, SnowballConfig config) {
        this.links = links;
        this.publicUrl = config.publicUrl();
    }

    /** @param target in ASCII, for a header */
    record Click(UUID messageId, String target) {}

    public String open(UUID messageId) {
        return publicUrl + "/o/" + links.sign(OPEN, bytes(messageId));
    }

    /** A page whose address is too long for a token, or not quite an address, stays as it is: not counted. */
    public String click(UUID messageId, String target) {
        byte[] page = target.getBytes(StandardCharsets.UTF_8);
        if (page.length > TARGET_MAX || WebAddress.ascii(target).isEmpty()) {
            return target;
        }
        byte[] payload = ByteBuffer.allocate(UUID_BYTES + page.length)
                .put(bytes(messageId))
                .put(page)
                .array();
        return publicUrl + "/c/" + links.sign(CLICK, payload);
    }

    /** consent-service reads it (its room {@code unsubscribe}): message, customer, then {@code purpose|channel}. */
    public String unsubscribe(UUID messageId, UUID customerId, String purpose, String channel) {
        byte[] what = (purpose + "|" + channel).getBytes(StandardCharsets.UTF_8);
        byte[] payload = ByteBuffer.allocate(2 * UUID_BYTES + what.length)
                .put(bytes(messageId))
                .put(bytes(customerId))
                .put(what)
                .array();
        return publicUrl + "/u/" + links.sign(UNSUBSCRIBE, payload);
    }

    /** consent-service reads it (its {@code PreferenceLink}): customer, then the channel that it is sent over. */
    public String preferences(UUID customerId, String channel) {
        byte[] name = channel.getBytes(StandardCharsets.US_ASCII);
        byte[] payload = ByteBuffer.allocate(UUID_BYTES + name.length)
                .put(bytes(customerId))
                .put(name)
                .array();
        return publicUrl + "/p/" + links.sign(PREFERENCES, payload);
    }

    Optional<UUID> opened(String token) {
        return links.verify(OPEN, token)
                .filter(payload -> payload.length == UUID_BYTES)
                .map(payload -> uuid(ByteBuffer.wrap(payload)));
    }

    Optional<Click> clicked(String token) {
        return links.verify(CLICK, token)
                .filter(payload -> payload.length > UUID_BYTES)
                .flatMap(MessageLinks::click);
    }

    /** Signed as it was written, which is half as long for Cyrillic. */
    private static Optional<Click> click(byte[] payload) {
        String written = new String(payload, UUID_BYTES, payload.length - UUID_BYTES, StandardCharsets.UTF_8);
        return WebAddress.ascii(written).map(target -> new Click(uuid(ByteBuffer.wrap(payload)), target));
    }

    private static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(UUID_BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    private static UUID uuid(ByteBuffer bytes) {
        return new UUID(bytes.getLong(), bytes.getLong());
    }
}
