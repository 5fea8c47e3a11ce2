package io.snowball.campaign.campaign;

import io.smallrye.mutiny.Uni;
import io.snowball.campaign.campaign.Campaign.Draft;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class CampaignSql {
    private static final String COLUMNS = """
            id, name, segment_id, template_id, template_version, channel, purpose, message_class, control_share, send_at,
            attribution_days, state, salt, planned, planned_at, notice, version, created_at, created_by,
            launched_at, launched_by, completed_at
            """;

    /* language=PostgreSQL */
    private static final String INSERT = """
            insert into campaign (id, name, segment_id, template_id, channel, purpose, message_class, control_share, send_at,
              attribution_days, state, salt, version, created_at, created_by)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'DRAFT', $11, 1, $12, $13)
            returning\s""" + COLUMNS;

    /* language=PostgreSQL */
    private static final String UPDATE = """
            update campaign
            set name = $3, segment_id = $4, template_id = $5, channel = $6, purpose = $7, message_class = $8,
              control_share = $9, send_at = $10, attribution_days = $11, version = version + 1
            where id = $1 and version = $2 and state = 'DRAFT'
            returning\s""" + COLUMNS;

    private static final String FIND = "select " + COLUMNS + " from campaign where id = $1";

    private static final String LOCK = FIND + " for update";

    private static final String LIST = "select " + COLUMNS + """
            from campaign
            where $1::uuid is null or id < $1
            order by id desc
            limit $2
            """;

    /* language=PostgreSQL */
    private static final String MOVE = """
            update campaign
            set state = $2, notice = null, version = version + 1
            where id = $1
            returning\s""" + COLUMNS;

    /* language=PostgreSQL */
    private static final String LAUNCH = """
            update campaign
            set state = $2, template_version = $3, launched_at = $4, launched_by = $5, version = version + 1
            where id = $1
            returning\s""" + COLUMNS;

    private final Pool pool;

    CampaignSql(Pool pool) {
        this.pool = pool;
    }

    Uni<Campaign> insert(SqlConnection tx, UUID id, Draft draft, UUID salt, OffsetDateTime now, String createdBy) {
        return tx.preparedQuery(INSERT)
                .execute(Params.of(
                        id,
                        draft.name(),
                        draft.segmentId(),
                        draft.templateId(),
                        draft.channel().name(),
                        draft.purpose(),
                        draft.messageClass().name(),
                        draft.controlShare(),
                        timestamp(draft.sendAt()),
                        draft.attributionDays(),
                        salt,
                        now,
                        createdBy))
                .map(rows -> Campaign.of(rows.iterator().next()));
    }

    Uni<Optional<Campaign>> update(UUID id, int version, Draft draft) {
        return pool.preparedQuery(UPDATE)
                .execute(Params.of(
                        id,
                        version,
                        draft.name(),
                        draft.segmentId(),
                        draft.templateId(),
                        draft.channel().name(),
                        draft.purpose(),
                        draft.messageClass().name(),
                        draft.controlShare(),
                        timestamp(draft.sendAt()),
                        draft.attributionDays()))
                .map(rows -> Rows.first(rows, Campaign::of));
    }

    Uni<Optional<Campaign>> find(UUID id) {
        return find(pool, FIND, id);
    }

    /** Whoever changes a state waits here for whoever is changing it. */
    Uni<Optional<Campaign>> lock(SqlConnection tx, UUID id) {
        return find(tx, LOCK, id);
    }

    private static Uni<Optional<Campaign>> find(SqlClient client, String statement, UUID id) {
        return client.preparedQuery(statement).execute(Params.of(id)).map(rows -> Rows.first(rows, Campaign::of));
    }

    Uni<List<Campaign>> list(@Nullable UUID after, int limit) {
        return pool.preparedQuery(LIST).execute(Params.of(after, limit)).map(rows -> Rows.list(rows, Campaign::of));
    }

    Uni<Campaign> move(SqlConnection tx, UUID id, CampaignState state) {
        return tx.preparedQuery(MOVE)
                .execute(Params.of(id, state.name()))
                .map(rows -> Campaign.of(rows.iterator().next()));
    }

    Uni<Campaign> launch(
            SqlConnection tx, UUID id, CampaignState state, int templateVersion, OffsetDateTime now, String by) {
        return tx.preparedQuery(LAUNCH)
                .execute(Params.of(id, state.name(), templateVersion, now, by))
                .map(rows -> Campaign.of(rows.iterator().next()));
    }

    private static @Nullable OffsetDateTime timestamp(@Nullable Instant at) {
        return at == null ? null : OffsetDateTime.ofInstant(at, ZoneOffset.UTC);
    }
}
