package io.snowball.consent.preference;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.person.MergedCustomers;
import io.snowball.platform.db.Params;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;

/** The consents of one person as a file, with the words that they were given to. */
@ApplicationScoped
class OwnData {
    // The file is made where the data are: no network address, no browser, nobody's name.
    /* language=PostgreSQL */
    private static final String FILE = """
            select jsonb_pretty(jsonb_build_object(
              'customerId', $1::uuid,
              'writtenAt', $2::timestamptz,
              'consents', coalesce((
                select jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
                  'type', e.type, 'purpose', e.purpose, 'channel', e.channel, 'action', e.action, 'at', e.stated_at,
                  'source', e.source, 'words', v.text, 'wordsSha256', encode(e.document_sha256, 'hex'))) order by e.recorded_at, e.sequence)
                from (
                  select recorded_at, sequence, type, purpose, channel, action, stated_at, source, document_id, document_version, document_sha256
                  from consent_event
                  where customer_id = any($3)
                  order by recorded_at, sequence
                  limit 5000) e
                left join consent_document_version v on v.document_id = e.document_id and v.version = e.document_version
              ), '[]'::jsonb))) as file
            """;

    private final Pool pool;
    private final MergedCustomers merged;
    private final Clock clock;

    OwnData(Pool pool, MergedCustomers merged, Clock clock) {
        this.pool = pool;
        this.merged = merged;
        this.clock = clock;
    }

    Uni<RestResponse<String>> file(UUID customerId) {
        return merged.allIds(pool, customerId)
                .chain(ids -> pool.preparedQuery(FILE)
                        .execute(Params.of(
                                ids.getFirst(), clock.instant().atOffset(ZoneOffset.UTC), ids.toArray(UUID[]::new))))
                .map(rows -> download("consents.json", rows.iterator().next().getString("file")));
    }

    /** A file to keep, in nobody's cache: whoever has the link has the file. */
    static RestResponse<String> download(String name, String json) {
        return RestResponse.ResponseBuilder.ok(json)
                .header(HttpHeaders.CONTENT_TYPE, "application/json")
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header("Referrer-Policy", "no-referrer")
                .header("X-Robots-Tag", "noindex, nofollow")
                .header("X-Content-Type-Options", "nosniff")
                .build();
    }
}
