package io.snowball.consent.request;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.operator.Operator;
import io.snowball.consent.paper.Paper;
import io.snowball.consent.request.SubjectRequestApi.IdentityMethod;
import io.snowball.consent.request.SubjectRequestApi.Way;
import io.snowball.platform.access.AccessNotes;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The register of requests as a paper (requirement r35), newest first: what an inspector asks for first. */
@ApplicationScoped
public class RequestRegister {
    /** More would be a book; older ones are in the list of requests. */
    private static final int REQUESTS = 2000;

    /* language=PostgreSQL */
    private static final String LIST = """
            select number, kind, state, channel, received_on, due_on, extended_at, customer_id, applicant_name, identity_method,
              identity_confirmed, closed_at
            from subject_request
            order by received_at desc, number desc
            limit $1
            """;

    private final Pool pool;
    private final AccessNotes notes;

    RequestRegister(Pool pool, AccessNotes notes) {
        this.pool = pool;
        this.notes = notes;
    }

    public Uni<Paper> paper(Operator operator, LocalDate day, ZoneId zone) {
        return pool.preparedQuery(LIST)
                .execute(Params.of(REQUESTS + 1))
                .map(rows -> Rows.list(rows, row -> row))
                .invoke(rows -> notes.customers(customers(rows)))
                .map(rows -> write(operator, day, zone, rows));
    }

    private static List<UUID> customers(List<Row> rows) {
        return rows.stream()
                .map(row -> row.getUUID("customer_id"))
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    private static Paper write(Operator operator, LocalDate day, ZoneId zone, List<Row> rows) {
        Paper paper = Paper.titled("Журнал учёта обращений субъектов персональных данных")
                .line("Оператор", operator.requisites())
                .line("По состоянию на", day);
        for (Row row : rows.subList(0, Math.min(rows.size(), REQUESTS))) {
            UUID customer = row.getUUID("customer_id");
            paper.heading("№ " + row.getLong("number") + ". "
                            + RequestKind.valueOf(row.getString("kind")).words())
                    .line(
                            "Поступило",
                            row.getLocalDate("received_on") + ", " + words(Way.valueOf(row.getString("channel"))))
                    .line("Заявитель", row.getString("applicant_name"))
                    .line("Субъект в системе", customer)
                    .line("Личность", identity(row))
                    .line("Срок ответа", term(row, zone))
                    .line("Результат", result(row, zone));
        }
        if (rows.isEmpty()) {
            paper.text("Обращений не поступало.");
        }
        if (rows.size() > REQUESTS) {
            paper.text("Показаны последние " + REQUESTS + " обращений; более ранние - в реестре системы.");
        }
        return paper.signature(operator.signatory());
    }

    private static String term(Row row, ZoneId zone) {
        OffsetDateTime extended = row.getOffsetDateTime("extended_at");
        return row.getLocalDate("due_on") + (extended == null ? "" : ", продлён " + on(extended, zone));
    }

    private static @Nullable String identity(Row row) {
        String method = row.getString("identity_method");
        return method == null
                ? null
                : words(IdentityMethod.valueOf(method))
                        + (Boolean.TRUE.equals(row.getBoolean("identity_confirmed"))
                                ? ", подтверждена"
                                : ", не подтверждена");
    }

    private static String words(Way way) {
        return switch (way) {
            case LETTER -> "письмо";
            case EMAIL -> "электронная почта";
            case CALL -> "звонок";
            case OFFICE -> "лично";
            case WEB -> "сайт";
            case BOT -> "бот";
            case REGULATOR -> "от регулятора";
        };
    }

    private static String words(IdentityMethod method) {
        return switch (method) {
            case DOCUMENT -> "документ";
            case EMAIL_LINK -> "ссылка на почту";
            case PHONE_CODE -> "код на телефон";
            case ESIA -> "ЕСИА";
            case SIGNATURE -> "подпись";
            case ACCOUNT -> "личный кабинет";
            case POWER_OF_ATTORNEY -> "доверенность";
        };
    }

    private static String result(Row row, ZoneId zone) {
        OffsetDateTime closed = row.getOffsetDateTime("closed_at");
        if (closed == null) {
            return "в работе";
        }
        return (row.getString("state").equals("REFUSED") ? "отказ, " : "ответ дан, ") + on(closed, zone);
    }

    private static LocalDate on(OffsetDateTime at, ZoneId zone) {
        return at.atZoneSameInstant(zone).toLocalDate();
    }
}
