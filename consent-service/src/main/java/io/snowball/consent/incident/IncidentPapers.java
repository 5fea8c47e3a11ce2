package io.snowball.consent.incident;

import io.snowball.consent.incident.IncidentApi.IncidentView;
import io.snowball.consent.operator.Operator;
import io.snowball.consent.paper.Paper;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The two forms of order 187. */
record IncidentPapers(Operator operator, ZoneId zone) {
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("dd.MM.yyyy HH:mm XXX", Locale.ROOT);

    Paper notice(IncidentView incident) {
        return begin("Первичное уведомление об инциденте № " + incident.number(), incident)
                .line("Что произошло", incident.what())
                .line("Предполагаемые причины", incident.reasons())
                .line("Характеристики данных", incident.data())
                .line("Субъектов", incident.subjects())
                .line("Идентификаторов", incident.identifiers())
                .line("Предполагаемый вред", incident.harm())
                .line("Принятые меры", incident.measures())
                .line("Где появились данные", incident.whereFound())
                .line("ГосСОПКА", incident.gossopka())
                .line("Контактное лицо", operator.signatory() + ", " + operator.contacts())
                .signature(operator.signatory());
    }

    Paper result(IncidentView incident) {
        return begin("Уведомление о результатах расследования инцидента № " + incident.number(), incident)
                .line("Первичное уведомление", incident.noticeReference())
                .line("Подтверждённые причины", incident.confirmed())
                .line("Лица, чьи действия стали причиной", incident.culprits())
                .line("Субъектов", incident.subjects())
                .line("Идентификаторов", incident.identifiers())
                .line("Вред", incident.harm())
                .line("Меры", incident.measures())
                .line("Акт расследования", incident.actNumber())
                .signature(operator.signatory());
    }

    private Paper begin(String title, IncidentView incident) {
        return Paper.titled(title)
                .line("Оператор", operator.requisites())
                .line("Номер в реестре операторов", operator.registerNumber())
                .line("Информационная система", operator.ispdnName())
                .line("Выявлен", moment(incident.discoveredAt()))
                .line(
                        "Направить не позднее",
                        moment(incident.noticeDueAt()) + "; результаты " + moment(incident.resultDueAt()));
    }

    private String moment(@Nullable Instant at) {
        return at == null ? "" : MOMENT.format(at.atZone(zone));
    }
}
