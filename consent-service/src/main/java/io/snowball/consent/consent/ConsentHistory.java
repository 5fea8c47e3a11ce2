package io.snowball.consent.consent;

import io.smallrye.mutiny.Uni;
import io.snowball.consent.consent.ConsentApi.ConsentStateView;
import io.snowball.consent.consent.ConsentApi.ConsentView;
import io.snowball.platform.db.Params;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** All that one person ever said, with the texts that were hashed, and where their consents stood at a moment. */
@ApplicationScoped
public class ConsentHistory {
    private final Pool pool;
    private final LedgerSql sql;

    ConsentHistory(Pool pool, LedgerSql sql) {
        this.pool = pool;
        this.sql = sql;
    }

    /** @param canonical the text whose SHA-256 is the event's hash */
    public record Event(ConsentView view, String canonical) {}

    public record History(List<Event> events, List<ConsentStateView> statesThen) {}

    /** With all evidence: for those only who may see it. */
    public Uni<History> of(UUID customerId, Instant at) {
        return sql.events(pool, Params.of((Object) new UUID[] {customerId})).map(events -> {
            States then = new States(List.of());
            events.stream().filter(event -> !event.at().isAfter(at)).forEach(then::apply);
            return new History(
                    events.stream()
                            .map(event -> new Event(ConsentView.of(event, true), EventHash.text(event)))
                            .toList(),
                    then.ofCustomer(customerId).stream()
                            .map(ConsentStateView::of)
                            .toList());
        });
    }
}
