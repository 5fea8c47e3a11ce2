package io.snowball.consent.destruction;

import io.snowball.consent.destruction.DestructionApi.DestructionView;
import io.snowball.consent.destruction.DestructionSql.Noted;
import io.snowball.consent.operator.Operator;
import io.snowball.consent.paper.Paper;
import io.snowball.consent.sibling.PersonalData;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What order 179 of Roskomnadzor wants: the act (p. 3) and the export of the event log (p. 5).
 *
 * @param noted the full name, or other information relating to the person, and what customer-service has destroyed
 * @param findings nothing, of everybody
 */
record Act(DestructionView destruction, Noted noted, Findings findings, Operator operator, ZoneId zone) {
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("dd.MM.yyyy HH:mm:ss XXX", Locale.ROOT);
    private static final String METHOD =
            "удаление записей в базах данных средствами СУБД; уничтожение проверено повторным запросом к каждому сервису, у"
                    + " которого были сведения о субъекте";

    Paper paper() {
        return Paper.titled("Акт об уничтожении персональных данных № " + destruction.number())
                .line("Дата уничтожения", moment())
                .line("Оператор", operator.fullName() + ", " + operator.address())
                .line("Лицо, обрабатывающее данные по поручению", null)
                .line("Субъект", noted.subject())
                .heading("Категории уничтоженных данных")
                .items(destruction.categories())
                .heading("Как и почему")
                .line("Информационная система", operator.ispdnName())
                .line("Материальные носители", "не использовались (0 листов)")
                .line("Способ", METHOD)
                .line("Причина", reason())
                .line("Идентификатор операции", destruction.id())
                .heading("Проверка повторным запросом")
                .items(checks())
                .heading("Уничтожение произвёл")
                .signature(operator.signatory())
                .text(
                        "К акту приложена выгрузка из журнала регистрации событий. Срок хранения обоих: 3 года с даты уничтожения"
                                + " (приказ Роскомнадзора от 28.10.2022 № 179, п. 8).");
    }

    /** The log's line, in the order of p. 5, then what else is known. */
    String log() {
        List<String> header = List.of(
                "subject",
                "categories",
                "ispdn",
                "reason",
                "destroyed_at",
                "method",
                "executor",
                "destruction_id",
                "checks");
        List<String> line = List.of(
                noted.subject(),
                String.join("; ", destruction.categories()),
                operator.ispdnName(),
                reason(),
                destroyedAt().toString(),
                METHOD,
                operator.signatory(),
                destruction.id().toString(),
                String.join("; ", checks()));
        return Stream.of(header, line)
                .map(row -> row.stream().map(Act::cell).collect(Collectors.joining(",")))
                .collect(Collectors.joining("\r\n", "", "\r\n"));
    }

    /** The same line as XML 1.0. */
    String xml() {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <destructionLog>
                  <event id="%s">
                    <subject>%s</subject>
                    <categories>
                %s
                    </categories>
                    <ispdn>%s</ispdn>
                    <reason>%s</reason>
                    <destroyedAt>%s</destroyedAt>
                    <method>%s</method>
                    <executor>%s</executor>
                    <checks>
                %s
                    </checks>
                  </event>
                </destructionLog>
                """.formatted(
                        destruction.id(),
                        escaped(noted.subject()),
                        destruction.categories().stream()
                                .map(category -> "      <category>" + escaped(category) + "</category>")
                                .collect(Collectors.joining("\n")),
                        escaped(operator.ispdnName()),
                        escaped(reason()),
                        destroyedAt(),
                        escaped(METHOD),
                        escaped(operator.signatory()),
                        checks().stream()
                                .map(check -> "      <check>" + escaped(check) + "</check>")
                                .collect(Collectors.joining("\n")));
    }

    /** XML knows no other control characters than these three, not even escaped. */
    private static String escaped(String text) {
        return text.replaceAll("[\\p{Cntrl}&&[^\t\n\r]]", " ")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;");
    }

    private String reason() {
        String words = switch (destruction.reason()) {
            case REQUEST -> "требование субъекта (152-ФЗ, ст. 20 ч. 3)";
            case WITHDRAWAL -> "отзыв согласия (152-ФЗ, ст. 21 ч. 5)";
            case PURPOSE_REACHED -> "достижение цели обработки (152-ФЗ, ст. 21 ч. 4)";
            case UNLAWFUL -> "неправомерная обработка (152-ФЗ, ст. 21 ч. 3)";
            case OTHER -> "решение оператора";
        };
        return words + ": " + destruction.text();
    }

    /** Of each service: what is known to have been destroyed, and when nothing was found any more. */
    private List<String> checks() {
        return findings.answers().stream()
                .map(answer -> "%s: %s; запрошено %s, ничего не найдено"
                        .formatted(answer.service(), what(answer.service()), moment(answer.at())))
                .toList();
    }

    private String what(String service) {
        return switch (service) {
            case PersonalData.SERVICE ->
                noted.destroyedRows() == null
                        ? "данные уничтожены"
                        : "уничтожено или обезличено записей: " + noted.destroyedRows();
            case OwnData.SERVICE ->
                "сведения из обращений и переписки уничтожены; по закону хранятся журнал согласий, этот акт и хеши"
                        + " адресов в стоп-листе";
            default -> "сведения под номером субъекта уничтожены по распоряжению";
        };
    }

    private Instant destroyedAt() {
        return findings.at();
    }

    private String moment() {
        return moment(destroyedAt());
    }

    private String moment(Instant at) {
        return MOMENT.format(at.atZone(zone));
    }

    /** Quoted always; a spreadsheet must not take a name for a formula. */
    private static String cell(String text) {
        String safe = text.matches("(?s)[=+@\\t\\r-].*") ? "'" + text : text;
        return "\"" + safe.replace("\"", "\"\"") + "\"";
    }

    @Override
    public String toString() {
        return "Act[" + destruction.number() + "]";
    }
}
