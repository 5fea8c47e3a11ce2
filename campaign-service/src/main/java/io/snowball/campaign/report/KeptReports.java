package io.snowball.campaign.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.snowball.campaign.report.ReportSql.About;
import io.snowball.campaign.report.ReportSql.Sums;
import io.snowball.platform.db.Params;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.UUID;

/** What a report adds up, kept for when the messages are gone: from then on it answers the same, and changes no more. */
@ApplicationScoped
public class KeptReports {
    /* language=PostgreSQL */
    private static final String KEEP = """
            insert into kept_report (campaign_id, sums, kept_at)
            values ($1, $2::text::jsonb, $3)
            on conflict (campaign_id) do nothing
            """;

    private final Pool pool;
    private final ReportSql sql;
    private final ObjectMapper json;
    private final Clock clock;

    KeptReports(Pool pool, ReportSql sql, ObjectMapper json, Clock clock) {
        this.pool = pool;
        this.sql = sql;
        this.json = json;
        this.clock = clock;
    }

    /** To be called before the first message goes; the first time counts. */
    public Uni<Void> keep(UUID campaignId) {
        return sql.about(campaignId)
                .map(found -> found.filter(about -> about.keptAt() == null))
                .chain(found ->
                        found.map(this::keep).orElseGet(() -> Uni.createFrom().voidItem()));
    }

    private Uni<Void> keep(About about) {
        return sql.sums(about)
                .chain(sums ->
                        pool.preparedQuery(KEEP).execute(Params.of(about.id(), text(sums), OffsetDateTime.now(clock))))
                .replaceWithVoid();
    }

    /** From the messages, or where these are gone from what was kept. */
    Uni<Sums> sums(About about) {
        String kept = about.sums();
        return kept == null ? sql.sums(about) : Uni.createFrom().item(read(kept));
    }

    private String text(Sums sums) {
        try {
            return json.writeValueAsString(sums);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Sums read(String text) {
        try {
            return json.readValue(text, Sums.class);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("The sums of a report can't be read any more", impossible);
        }
    }
}
