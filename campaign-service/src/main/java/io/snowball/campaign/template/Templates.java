package io.snowball.campaign.template;

import io.smallrye.mutiny.Uni;
import io.snowball.campaign.EntityTags;
import io.snowball.campaign.template.TemplateApi.CreateTemplatePreview;
import io.snowball.campaign.template.TemplateApi.TemplatePreview;
import io.snowball.campaign.template.TemplateApi.TemplateSummary;
import io.snowball.campaign.template.TemplateApi.TemplateView;
import io.snowball.campaign.template.TemplateApi.WriteTemplate;
import io.snowball.platform.id.Ids;
import io.snowball.platform.idempotency.Idempotency.Reply;
import io.snowball.platform.page.Cursor;
import io.snowball.platform.page.Keyset;
import io.snowball.platform.problem.CommonProblem;
import io.snowball.platform.problem.Problem.FieldError;
import io.snowball.platform.problem.ProblemException;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** Templates and their revisions. A revision never changes; a change makes a new one. */
@ApplicationScoped
public class Templates {
    private static final String CAMPAIGN_OF_PREVIEWS = "";
    private static final int COMPILED_MAX = 200;

    private final TemplateSql sql;
    private final Pool pool;
    private final Vertx vertx;
    private final Clock clock;
    private final ConcurrentMap<Revision, EmailTemplate> compiled = new ConcurrentHashMap<>();

    Templates(TemplateSql sql, Pool pool, Vertx vertx, Clock clock) {
        this.sql = sql;
        this.pool = pool;
        this.vertx = vertx;
        this.clock = clock;
    }

    private record Revision(UUID templateId, int version) {}

    /** Tells every mistake. Before any transaction: a connection must not wait for a long template. */
    Uni<Void> check(WriteTemplate body) {
        return compile(body.source())
                .onFailure(TemplateException.class)
                .transform(Templates::problem)
                .replaceWithVoid();
    }

    Uni<Reply<TemplateView>> create(SqlConnection tx, WriteTemplate body) {
        UUID id = Ids.next();
        OffsetDateTime now = OffsetDateTime.now(clock);
        TemplateView view = new TemplateView(
                id,
                body.name(),
                body.subject(),
                body.html(),
                body.text(),
                body.advertisement(),
                1,
                now.toInstant(),
                now.toInstant());
        return sql.insert(tx, id, body.name(), now)
                .chain(() -> sql.insertRevision(tx, id, 1, body, now))
                .replaceWith(Reply.created("/api/v1/templates/" + id, view));
    }

    Uni<TemplateView> update(UUID id, int version, WriteTemplate body) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        return check(body)
                .chain(() -> pool.withTransaction(tx -> sql.moveOn(tx, id, version, body.name(), now)
                        .call(moved -> moved
                                ? sql.insertRevision(tx, id, version + 1, body, now)
                                : Uni.createFrom().voidItem())))
                .chain(moved -> get(id).invoke(() -> {
                    if (!moved) {
                        throw EntityTags.stale();
                    }
                }));
    }

    Uni<TemplateView> get(UUID id) {
        return sql.find(id).map(found -> found.orElseThrow(() -> absent(id)));
    }

    Uni<Keyset<TemplateSummary>> list(@Nullable String cursor, int limit) {
        List<String> after = Cursor.decode(cursor, 1);
        return sql.list(after == null ? null : Cursor.asUuid(after.getFirst()), limit + 1)
                .map(rows ->
                        Keyset.of(rows, limit, template -> List.of(template.id().toString())));
    }

    Uni<TemplatePreview> preview(UUID id, CreateTemplatePreview customer) {
        MailValues values = new MailValues(
                customer.firstName(),
                customer.lastName(),
                customer.language(),
                customer.timeZone(),
                CAMPAIGN_OF_PREVIEWS);
        return get(id).chain(view -> compiled(id, view.version()))
                .chain(template -> vertx.executeBlocking(() -> template.render(values.toMap(), Links.UNTRACKED), false))
                .map(mail -> new TemplatePreview(mail.subject(), mail.html(), mail.text()))
                .onFailure(TemplateException.class)
                .transform(Templates::problem);
    }

    /**
     * @param thirdPartyOffer there is somebody else's offer in it
     * @param missing the fields of its advertising label that the law wants and that are not set
     */
    public record Pinned(int version, boolean thirdPartyOffer, List<String> missing) {}

    /** The version to pin at a launch, within the launch's transaction. */
    public Uni<Pinned> currentVersion(SqlConnection tx, UUID id) {
        return sql.current(tx, id)
                .map(found -> found.orElseThrow(() -> absent(id)))
                .map(current -> new Pinned(
                        current.version(),
                        current.label().isThirdPartys(),
                        current.label().missing()));
    }

    public Uni<Boolean> exists(SqlClient client, UUID id) {
        return sql.exists(client, id);
    }

    /** Revisions never change, so what is compiled once is good for ever. */
    public Uni<EmailTemplate> compiled(UUID id, int version) {
        Revision revision = new Revision(id, version);
        EmailTemplate known = compiled.get(revision);
        if (known != null) {
            return Uni.createFrom().item(known);
        }
        return sql.source(id, version)
                .chain(found -> compile(found.orElseThrow(() -> absent(id))))
                .invoke(template -> keep(revision, template));
    }

    private void keep(Revision revision, EmailTemplate template) {
        if (compiled.size() >= COMPILED_MAX) {
            compiled.clear();
        }
        compiled.put(revision, template);
    }

    /** Half a megabyte of Liquid takes its time: never on an event loop. */
    private Uni<EmailTemplate> compile(EmailTemplate.Source source) {
        return vertx.executeBlocking(() -> EmailTemplate.compile(source, MailValues.VARIABLES), false);
    }

    private static ProblemException problem(TemplateException mistakes) {
        return ProblemException.invalidFields(
                mistakes.mistakes().stream().map(Templates::fieldError).toList());
    }

    private static FieldError fieldError(TemplateException.Mistake mistake) {
        String where = mistake.line() == 0 ? "" : "Line " + mistake.line() + ", column " + mistake.column() + ": ";
        return new FieldError("/" + mistake.part(), "liquid", where + mistake.message());
    }

    private static ProblemException absent(UUID id) {
        return CommonProblem.NOT_FOUND.with("There is no template " + id);
    }
}
