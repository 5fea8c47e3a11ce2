package io.snowball.consent.receipt;

import io.quarkus.logging.Log;
import io.smallrye.mutiny.Uni;
import io.snowball.consent.consent.Channel;
import io.snowball.consent.consent.ConsentAction;
import io.snowball.consent.document.ConsentType;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.snowball.platform.security.SignedLinks;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Links by which a person takes the receipt of what they have just said, without a login: 16 bytes of the record's id, signed for
 * this alone. Whoever has one sees that record and can do nothing.
 */
@ApplicationScoped
public class ReceiptLinks {
    /** Where they lead; a page of {@code preference} answers. */
    public static final String PATH = "/p/receipts/";

    private static final String USE = "receipt";

    /* language=PostgreSQL */
    private static final String RECORDS = """
            select e.record_id, e.action, coalesce(e.awaits_confirmation, false) as pending, e.type, e.channel, p.title
            from consent_event e
            left join purpose p on p.code = e.purpose
            where e.record_id = any($1)
            order by e.recorded_at, e.sequence
            limit 1000
            """;

    private final Pool pool;
    private final SignedLinks links;

    ReceiptLinks(Pool pool, SignedLinks links) {
        this.pool = pool;
        this.links = links;
    }

    /** What was said is said already: a page that can't offer receipts still says so. */
    public Uni<List<ReceiptOffer>> offers(List<UUID> recordIds) {
        if (recordIds.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return pool.preparedQuery(RECORDS)
                .execute(Params.of((Object) recordIds.toArray(UUID[]::new)))
                .map(rows -> Rows.list(rows, this::offer))
                .onFailure()
                .recoverWithItem(failure -> {
                    Log.error("No receipts could be offered on a page", failure);
                    return List.of();
                });
    }

    /** @return the record that the link is for, or nothing where it is none of ours */
    public Optional<UUID> read(String token) {
        return links.verify(USE, token)
                .filter(payload -> payload.length == 2 * Long.BYTES)
                .map(ByteBuffer::wrap)
                .map(bytes -> new UUID(bytes.getLong(), bytes.getLong()));
    }

    private ReceiptOffer offer(Row row) {
        return new ReceiptOffer(
                PATH + token(row.getUUID("record_id")),
                ConsentAction.valueOf(row.getString("action")),
                row.getBoolean("pending"),
                ConsentType.valueOf(row.getString("type")),
                Channel.valueOf(row.getString("channel")),
                row.getString("title"));
    }

    private String token(UUID recordId) {
        byte[] payload = ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(recordId.getMostSignificantBits())
                .putLong(recordId.getLeastSignificantBits())
                .array();
        return links.sign(USE, payload);
    }
}
