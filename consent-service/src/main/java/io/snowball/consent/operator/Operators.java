package io.snowball.consent.operator;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.operator.OperatorApi.OperatorDetailsList;
import io.snowball.consent.operator.OperatorApi.OperatorDetailsView;
import io.snowball.consent.operator.OperatorApi.OperatorView;
import io.snowball.consent.operator.OperatorApi.RecordOperatorDetails;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.snowball.platform.idempotency.Idempotency;
import io.snowball.platform.idempotency.Idempotency.Reply;
import io.snowball.platform.problem.Constraints;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** The operator's requisites by date. */
@ApplicationScoped
public class Operators {
    /* language=PostgreSQL */
    private static final String INSERT = """
            insert into operator_details (effective_from, full_name, short_name, inn, ogrn, address, email, phone, responsible,
              responsible_post, ispdn_name, database_location, register_number, policy_url, recorded_at, recorded_by)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
            """;

    /* language=PostgreSQL */
    private static final String SELECT = """
            select effective_from, full_name, short_name, inn, ogrn, address, email, phone, responsible, responsible_post, ispdn_name,
              database_location, register_number, policy_url, recorded_at
            from operator_details
            """;

    /* language=PostgreSQL */
    private static final String AT = SELECT + "where effective_from <= $1 order by effective_from desc limit 1";

    private static final String DAYS = "select effective_from from operator_details";

    /* language=PostgreSQL */
    private static final String LIST = SELECT + "order by effective_from desc limit 200";

    private final Pool pool;
    private final Idempotency idempotency;
    private final Clock clock;

    Operators(Pool pool, Idempotency idempotency, Clock clock) {
        this.pool = pool;
        this.idempotency = idempotency;
        this.clock = clock;
    }

    /** From when on each of the requisites hold: a few rows in the life of a company. */
    public Uni<NavigableSet<Instant>> days(SqlClient client) {
        return client.preparedQuery(DAYS).execute().map(rows -> {
            NavigableSet<Instant> days = new TreeSet<>();
            rows.forEach(row -> days.add(row.getOffsetDateTime("effective_from").toInstant()));
            return days;
        });
    }

    /** For what can do without. */
    public Uni<Optional<Operator>> find(SqlClient client, Instant at) {
        return client.preparedQuery(AT)
                .execute(Params.of(at.atOffset(ZoneOffset.UTC)))
                .map(rows -> Rows.first(rows, Operators::operator));
    }

    /** For documents, which are none without an operator. */
    public Uni<Operator> at(SqlClient client, Instant at) {
        return find(client, at)
                .map(found -> found.orElseThrow(() -> OperatorProblem.OPERATOR_UNKNOWN.with(
                        "A document must name the operator: record its requisites by POST /api/v1/operator-details")));
    }

    Uni<RestResponse<OperatorDetailsView>> record(@Nullable UUID key, RecordOperatorDetails request, String by) {
        return idempotency
                .once("recordOperatorDetails", key, request, OperatorDetailsView.class, tx -> insert(tx, request, by))
                .onFailure()
                .transform(Constraints.to(OperatorProblem.SINCE_TAKEN));
    }

    Uni<OperatorDetailsList> list() {
        return pool.preparedQuery(LIST)
                .execute()
                .map(rows -> new OperatorDetailsList(Rows.list(rows, Operators::view)));
    }

    private Uni<Reply<OperatorDetailsView>> insert(SqlConnection tx, RecordOperatorDetails request, String by) {
        Instant now = clock.instant();
        Instant since = Optional.ofNullable(request.effectiveFrom()).orElse(now).truncatedTo(ChronoUnit.MICROS);
        Operator operator = request.operator();
        return tx.preparedQuery(INSERT)
                .execute(Params.of(
                        since.atOffset(ZoneOffset.UTC),
                        operator.fullName(),
                        operator.shortName(),
                        operator.inn(),
                        operator.ogrn(),
                        operator.address(),
                        operator.email(),
                        operator.phone(),
                        operator.responsible(),
                        operator.responsiblePost(),
                        operator.ispdnName(),
                        operator.databaseLocation(),
                        operator.registerNumber(),
                        operator.policyUrl(),
                        now.atOffset(ZoneOffset.UTC),
                        by))
                .replaceWith(Reply.created(
                        "/api/v1/operator-details", new OperatorDetailsView(since, now, OperatorView.of(operator))));
    }

    private static OperatorDetailsView view(Row row) {
        return new OperatorDetailsView(
                row.getOffsetDateTime("effective_from").toInstant(),
                row.getOffsetDateTime("recorded_at").toInstant(),
                OperatorView.of(operator(row)));
    }

    private static Operator operator(Row row) {
        return new Operator(
                row.getString("full_name"),
                row.getString("short_name"),
                row.getString("inn"),
                row.getString("ogrn"),
                row.getString("address"),
                row.getString("email"),
                row.getString("phone"),
                row.getString("responsible"),
                row.getString("responsible_post"),
                row.getString("ispdn_name"),
                row.getString("database_location"),
                row.getString("register_number"),
                row.getString("policy_url"));
    }
}
