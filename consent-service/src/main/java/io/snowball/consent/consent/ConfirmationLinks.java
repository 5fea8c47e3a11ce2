package io.snowball.consent.consent;

import io.snowball.consent.consent.Ledger.Entry;
import io.snowball.platform.SnowballConfig;
import io.snowball.platform.security.SignedLinks;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The links that confirm a consent: 16 bytes of the id of its record, signed. Whoever has one has the mailbox it was sent to. */
@ApplicationScoped
class ConfirmationLinks {
    private static final String USE = "confirm";

    private final SignedLinks links;
    private final String publicUrl;

    ConfirmationLinks(SignedLinks links, SnowballConfig config) {
        this.links = links;
        this.publicUrl = config.publicUrl();
    }

    record Link(UUID recordId) {}

    /** Null where nothing awaits a confirmation. */
    @Nullable
    String url(Entry written) {
        boolean awaited =
                written.event().action() == ConsentAction.GIVEN && written.state() == Standing.PENDING_CONFIRMATION;
        return awaited ? url(written.event().recordId()) : null;
    }

    String url(UUID recordId) {
        return publicUrl + "/y/" + token(recordId);
    }

    Optional<Link> read(String token) {
        return links.verify(USE, token)
                .filter(payload -> payload.length == 2 * Long.BYTES)
                .map(ByteBuffer::wrap)
                .map(bytes -> new Link(new UUID(bytes.getLong(), bytes.getLong())));
    }

    private String token(UUID recordId) {
        byte[] payload = ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(recordId.getMostSignificantBits())
                .putLong(recordId.getLeastSignificantBits())
                .array();
        return links.sign(USE, payload);
    }
}
