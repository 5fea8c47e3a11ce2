package io.snowball.consent.request;

import com.fasterxml.jackson.databind.JsonNode;
import io.snowball.consent.document.PurposeVersions.Described;
import io.snowball.consent.operator.Operator;
import io.snowball.consent.paper.Paper;
import io.snowball.consent.request.SubjectRequestApi.SubjectRequestView;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The papers that answer requests.
 *
 * @param zone whose days they name
 */
record RequestPapers(Operator operator, ZoneId zone) {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd.MM.yyyy");

    /** A consent as it stands. */
    record Standing(String type, String purpose, String channel, String state, Instant at) {}

    /** 152-FZ art. 14 p. 7, item by item (requirement r25). Only what is this person's goes in: p. 8 n. 4. */
    Paper accessAnswer(
            SubjectRequestView request,
            List<Described> purposes,
            Optional<JsonNode> data,
            List<Standing> consents,
            String text,
            Instant now) {
        boolean processed = data.isPresent() || !consents.isEmpty();
        Paper paper = begin("Ответ на запрос субъекта персональных данных", request, now)
                .heading("1. Подтверждение факта обработки")
                .text(
                        processed
                                ? "Оператор подтверждает, что обрабатывает персональные данные заявителя."
                                : "Персональные данные заявителя оператором не обрабатываются.");
        if (processed) {
            purposes(paper, purposes);
            parties(paper, purposes);
            paper.heading("5. Обрабатываемые персональные данные и источник их получения");
            data.ifPresent(node -> DataLines.add(paper, node));
            for (Standing consent : consents) {
                paper.line(
                        "Согласие " + consent.type() + ", " + consent.channel(),
                        consent.state() + " с " + day(consent.at()) + ", цель: " + consent.purpose());
            }
            terms(paper, purposes);
        }
        return rights(paper, purposes).heading("Дополнительно").text(text).signature(operator.signatory());
    }

    Paper refusal(SubjectRequestView request, String grounds, Instant now) {
        return begin("Мотивированный отказ", request, now)
                .text("По обращению принято решение отказать. Основания:")
                .text(grounds)
                .text("Отказ можно обжаловать в Роскомнадзор или в суд (152-ФЗ, ст. 17).")
                .signature(operator.signatory());
    }

    Paper extensionNotice(SubjectRequestView request, LocalDate newDueOn, String reason, Instant now) {
        return begin("Уведомление о продлении срока", request, now)
                .line("Прежний срок", DAY.format(request.dueOn()))
                .line("Новый срок", DAY.format(newDueOn))
                .line("Основание", request.article())
                .heading("Причины продления")
                .text(reason)
                .signature(operator.signatory());
    }

    Paper answer(SubjectRequestView request, String done, Instant now) {
        return begin("Ответ на обращение", request, now)
                .heading("Что сделано")
                .text(done)
                .signature(operator.signatory());
    }

    private Paper begin(String title, SubjectRequestView request, Instant now) {
        return Paper.titled(title)
                .line("Дата", day(now))
                .line("Оператор", operator.requisites())
                .line("Обращение", "№ " + request.number() + " от " + day(request.receivedAt()))
                .line("Вид", request.kind().words())
                .line("Заявитель", request.applicant().name())
                .line("Представитель", request.applicant().representative())
                .line("Основание", request.article());
    }

    private static void purposes(Paper paper, List<Described> purposes) {
        paper.heading("2. Правовые основания и цели обработки");
        purposes.forEach(
                purpose -> paper.line(purpose.title(), purpose.legalBasis().words()));
        paper.heading("3. Цели и применяемые способы обработки");
        purposes.forEach(purpose -> paper.line(
                purpose.title(),
                String.join("; ", purpose.methods()) + ". Действия: " + String.join(", ", purpose.actions())));
    }

    private void parties(Paper paper, List<Described> purposes) {
        paper.heading("4. Оператор и лица, имеющие доступ к данным или которым они могут быть раскрыты")
                .text(operator.requisites())
                .items(recipients(purposes));
    }

    private static void terms(Paper paper, List<Described> purposes) {
        paper.heading("6. Сроки обработки и хранения");
        purposes.forEach(purpose -> paper.line(purpose.title(), purpose.term()));
    }

    private Paper rights(Paper paper, List<Described> purposes) {
        List<String> abroad = purposes.stream()
                .map(Described::crossBorder)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        paper.heading("7. Порядок осуществления прав")
                .text(
                        "Вы можете потребовать уточнения, блокирования или уничтожения данных, отозвать согласие и обжаловать действия"
                                + " оператора в Роскомнадзор или в суд (152-ФЗ, ст. 14, 15, 17, 20, 21). Обращения: "
                                + operator.contacts()
                                + ".");
        purposes.stream()
                .map(Described::withdrawalMethod)
                .distinct()
                .forEach(method -> paper.item("Отзыв согласия: " + method));
        paper.heading("8. Трансграничная передача")
                .text(abroad.isEmpty() ? "Не осуществляется." : String.join("\n", abroad))
                .heading("9. Лица, обрабатывающие данные по поручению оператора")
                .items(recipients(purposes))
                .heading("9.1. Исполнение обязанностей, установленных ст. 18.1")
                .text("Назначен ответственный за организацию обработки (" + operator.signatory()
                        + "), изданы политика и локальные акты, ведутся журнал доступа и контроль соответствия, оценён вред."
                        + (operator.policyUrl() == null ? "" : " Политика: " + operator.policyUrl()))
                .heading("10. Иные сведения")
                .line("База данных находится", operator.databaseLocation())
                .line("Номер в реестре операторов", operator.registerNumber());
        return paper;
    }

    private static List<String> recipients(List<Described> purposes) {
        List<String> found = purposes.stream()
                .map(Described::recipients)
                .flatMap(List::stream)
                .distinct()
                .toList();
        return found.isEmpty() ? List.of("Нет.") : found;
    }

    private String day(Instant at) {
        return DAY.format(at.atZone(zone));
    }
}
