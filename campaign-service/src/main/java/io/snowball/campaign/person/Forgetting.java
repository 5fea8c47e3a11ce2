package io.snowball.campaign.person;

import io.smallrye.mutiny.Uni;
import io.snowball.campaign.confirmation.Confirmations;
import io.snowball.campaign.message.PersonMessages;
import io.snowball.campaign.report.OrderCopies;
import io.snowball.platform.db.Params;
import io.snowball.platform.id.Ids;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Who is to be destroyed, or is erased already, is nobody here; whichever feed says so first. */
@ApplicationScoped
class Forgetting {
    /* language=PostgreSQL */
    private static final String NOTE = """
            with answers as (delete from idempotency_key where subjects && array[$1::uuid])
            insert into forgotten_customer (customer_id) values ($1::uuid)
            on conflict do nothing
            """;

    private final PersonMessages messages;
    private final Confirmations confirmations;
    private final OrderCopies orders;

    Forgetting(PersonMessages messages, Confirmations confirmations, OrderCopies orders) {
        this.messages = messages;
        this.confirmations = confirmations;
        this.orders = orders;
    }

    /** Reports stay as they are: messages and orders keep belonging together, under an id that stands for nobody. */
    Uni<Void> forget(SqlConnection tx, UUID customerId) {
        UUID nobody = Ids.next();
        return messages.erase(tx, customerId, nobody)
                .chain(() -> confirmations.erase(tx, customerId))
                .chain(() -> orders.erase(tx, customerId, nobody))
                .chain(() -> tx.preparedQuery(NOTE).execute(Params.of(customerId)))
                .replaceWithVoid();
    }
}
