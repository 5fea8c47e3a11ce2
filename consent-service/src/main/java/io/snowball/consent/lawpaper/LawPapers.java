package io.snowball.consent.lawpaper;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.calendar.Deadlines;
import io.snowball.consent.control.AccessPersons;
import io.snowball.consent.document.PurposeVersions;
import io.snowball.consent.operator.Operator;
import io.snowball.consent.operator.Operators;
import io.snowball.consent.paper.Paper;
import io.snowball.consent.paper.Printed;
import io.snowball.consent.paper.Printer;
import io.snowball.consent.request.RequestRegister;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;

/** Writes the papers of today. */
@ApplicationScoped
class LawPapers {
    private final Pool pool;
    private final Operators operators;
    private final PurposeVersions purposes;
    private final Deadlines deadlines;
    private final Printer printer;
    private final AccessPersons persons;
    private final RequestRegister requests;
    private final Clock clock;

    LawPapers(
            Pool pool,
            Operators operators,
            PurposeVersions purposes,
            Deadlines deadlines,
            Printer printer,
            AccessPersons persons,
            RequestRegister requests,
            Clock clock) {
        this.persons = persons;
        this.requests = requests;
        this.pool = pool;
        this.operators = operators;
        this.purposes = purposes;
        this.deadlines = deadlines;
        this.printer = printer;
        this.clock = clock;
    }

    Uni<Printed> print(LawPaperKind kind) {
        Instant now = clock.instant();
        return operators
                .at(pool, now)
                .chain(operator -> kind == LawPaperKind.REQUEST_REGISTER
                        ? requests.paper(operator, deadlines.dayOf(now), deadlines.zone())
                        : describing(kind, operator, now))
                .chain(paper -> printer.print(paper, now));
    }

    private Uni<Paper> describing(LawPaperKind kind, Operator operator, Instant now) {
        return purposes.at(pool, now)
                .chain(described -> persons.today(deadlines.dayOf(now))
                        .map(with -> paper(
                                kind,
                                new OperatorPapers(operator, described, with, deadlines.dayOf(now)),
                                new ConsentTexts(operator, described))));
    }

    private static Paper paper(LawPaperKind kind, OperatorPapers papers, ConsentTexts texts) {
        return switch (kind) {
            case POLICY -> papers.policy();
            case PROCESSING_REGISTER -> papers.register();
            case REQUEST_REGISTER -> throw new IllegalArgumentException("It is not made of purposes");
            case NOTICE_SHEET -> papers.noticeSheet();
            case HARM_ACT -> papers.harmAct();
            case PERSONS_WITH_ACCESS -> papers.personsWithAccess();
            case ENTRUSTMENT_ANNEX -> papers.entrustmentAnnex();
            case CONSENT_PROCESSING -> texts.processing();
            case CONSENT_ADVERTISING -> texts.advertising();
            case CONSENT_SMS -> texts.sms();
            case CONSENT_CALLS -> texts.calls();
            case CONSENT_DISSEMINATION -> texts.dissemination();
            case WITHDRAWAL_FORM -> texts.withdrawalForm();
        };
    }
}
