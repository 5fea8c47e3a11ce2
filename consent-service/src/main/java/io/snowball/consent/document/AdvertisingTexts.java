package io.snowball.consent.document;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.document.ConsentDocuments.VersionRef;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** The words with which consent to advertising is asked for now, one text a purpose. */
@ApplicationScoped
public class AdvertisingTexts {
    // In the language of the reader where there is such a text, else in Russian, else whatever there is; the newest of
    // several.
    /* language=PostgreSQL */
    private static final String CURRENT = """
            select distinct on (d.purpose) d.purpose, d.title, d.id, v.version, v.text
            from consent_document d
            join lateral (
              select version, text, legacy_bundled
              from consent_document_version
              where document_id = d.id and effective_from <= $1
              order by version desc
              limit 1) v on true
            where d.type = 'ADVERTISING' and not v.legacy_bundled
            order by d.purpose, d.language = $2 desc, d.language = 'ru' desc, d.id desc
            limit 200
            """;

    AdvertisingTexts() {}

    public record AdvertisingText(String purpose, String title, VersionRef version, String text) {}

    /** @param language two letters */
    public Uni<List<AdvertisingText>> current(SqlClient client, Instant now, String language) {
        return client.preparedQuery(CURRENT)
                .execute(Params.of(now.atOffset(ZoneOffset.UTC), language))
                .map(rows -> Rows.list(
                        rows,
                        row -> new AdvertisingText(
                                row.getString("purpose"),
                                row.getString("title"),
                                new VersionRef(row.getUUID("id"), row.getInteger("version")),
                                row.getString("text"))));
    }
}
