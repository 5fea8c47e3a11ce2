package io.snowball.campaign.template;

import io.smallrye.mutiny.Uni;
import io.snowball.campaign.template.TemplateApi.TemplateSummary;
import io.snowball.campaign.template.TemplateApi.TemplateView;
import io.snowball.campaign.template.TemplateApi.WriteTemplate;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class TemplateSql {
    /* language=PostgreSQL */
    private static final String INSERT = """
            insert into template (id, name, version, created_at, updated_at)
            values ($1, $2, 1, $3, $3)
            """;

    /* language=PostgreSQL */
    private static final String INSERT_REVISION = """
            insert into template_revision (template_id, version, subject, html, text, created_at, erid, advertiser, marked,
              third_party_offer, public_channel)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            """;

    /* language=PostgreSQL */
    private static final String MOVE_ON = """
            update template set name = $3, version = version + 1, updated_at = $4
            where id = $1 and version = $2
            """;

    /* language=PostgreSQL */
    private static final String FIND = """
            select t.id, t.name, r.subject, r.html, r.text, t.version, t.created_at, t.updated_at, r.erid, r.advertiser, r.marked,
              r.third_party_offer, r.public_channel
            from template t
            join template_revision r on r.template_id = t.id and r.version = t.version
            where t.id = $1
            """;

    /* language=PostgreSQL */
    private static final String LIST = """
            select id, name, version, updated_at
            from template
            where $1::uuid is null or id < $1
            order by id desc
            limit $2
            """;

    /* language=PostgreSQL */
    private static final String VERSION = """
            select t.version, r.erid, r.advertiser, r.marked, r.third_party_offer, r.public_channel
            from template t
            join template_revision r on r.template_id = t.id and r.version = t.version
            where t.id = $1
            for share of t
            """;

    private static final String EXISTS = "select exists (select from template where id = $1) as found";

    /* language=PostgreSQL */
    private static final String SOURCE = """
            select subject, html, text, erid, advertiser, marked, third_party_offer, public_channel
            from template_revision
            where template_id = $1 and version = $2
            """;

    private final Pool pool;

    TemplateSql(Pool pool) {
        this.pool = pool;
    }

    Uni<Void> insert(SqlConnection tx, UUID id, String name, OffsetDateTime now) {
        return tx.preparedQuery(INSERT).execute(Params.of(id, name, now)).replaceWithVoid();
    }

    Uni<Void> insertRevision(SqlConnection tx, UUID id, int version, WriteTemplate body, OffsetDateTime now) {
        Advertisement label = Objects.requireNonNullElse(body.advertisement(), Advertisement.NONE);
        return tx.preparedQuery(INSERT_REVISION)
                .execute(Params.of(
                        id,
                        version,
                        body.subject(),
                        body.html(),
                        body.text(),
                        now,
                        label.erid(),
                        label.advertiser(),
                        label.isMarked(),
                        label.isThirdPartys(),
                        label.isPublic()))
                .replaceWithVoid();
    }

    Uni<Boolean> moveOn(SqlConnection tx, UUID id, int version, String name, OffsetDateTime now) {
        return tx.preparedQuery(MOVE_ON)
                .execute(Params.of(id, version, name, now))
                .map(rows -> rows.rowCount() == 1);
    }

    Uni<Optional<TemplateView>> find(UUID id) {
        return pool.preparedQuery(FIND).execute(Params.of(id)).map(rows -> Rows.first(rows, TemplateSql::view));
    }

    Uni<List<TemplateSummary>> list(@Nullable UUID after, int limit) {
        return pool.preparedQuery(LIST)
                .execute(Params.of(after, limit))
                .map(rows -> Rows.list(
                        rows,
                        row -> new TemplateSummary(
                                row.getUUID("id"),
                                row.getString("name"),
                                row.getInteger("version"),
                                row.getOffsetDateTime("updated_at").toInstant())));
    }

    /** @param label what the current revision says of itself as an advertisement */
    record Current(int version, Advertisement label) {}

    Uni<Optional<Current>> current(SqlConnection tx, UUID id) {
        return tx.preparedQuery(VERSION)
                .execute(Params.of(id))
                .map(rows -> Rows.first(rows, row -> new Current(row.getInteger("version"), advertisement(row))));
    }

    Uni<Boolean> exists(SqlClient client, UUID id) {
        return client.preparedQuery(EXISTS)
                .execute(Params.of(id))
                .map(rows -> rows.iterator().next().getBoolean("found"));
    }

    Uni<Optional<EmailTemplate.Source>> source(UUID id, int version) {
        return pool.preparedQuery(SOURCE)
                .execute(Params.of(id, version))
                .map(rows -> Rows.first(
                        rows,
                        row -> new EmailTemplate.Source(
                                row.getString("subject"),
                                row.getString("html"),
                                Optional.ofNullable(row.getString("text")),
                                advertisement(row).label())));
    }

    private static Advertisement advertisement(Row row) {
        return new Advertisement(
                row.getString("erid"),
                row.getString("advertiser"),
                row.getBoolean("marked"),
                row.getBoolean("third_party_offer"),
                row.getBoolean("public_channel"));
    }

    private static @Nullable Advertisement shown(Advertisement label) {
        boolean says = label.label().isPresent() || label.isThirdPartys() || label.isPublic();
        return says ? label : null;
    }

    private static TemplateView view(Row row) {
        return new TemplateView(
                row.getUUID("id"),
                row.getString("name"),
                row.getString("subject"),
                row.getString("html"),
                row.getString("text"),
                shown(advertisement(row)),
                row.getInteger("version"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant());
    }
}
