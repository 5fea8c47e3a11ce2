package io.snowball.customer.merge;

import io.smallrye.mutiny.Uni;
import io.snowball.customer.Deadlocks;
import io.snowball.customer.event.Events;
import io.snowball.customer.identity.Identities;
import io.snowball.customer.identity.Identity;
import io.snowball.customer.identity.Resolution.Holder;
import io.snowball.customer.merge.MergeApi.LinkVisitor;
import io.snowball.customer.merge.MergeApi.VisitorLinkView;
import io.snowball.customer.profile.People;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Gives the browser of a visitor to the customer who has logged in there, as the COOKIE identity that it is. */
@ApplicationScoped
class VisitorLinks {
    private final Identities identities;
    private final People people;
    private final Merges merges;
    private final Events events;
    private final Pool pool;
    private final Clock clock;

    VisitorLinks(Identities identities, People people, Merges merges, Events events, Pool pool, Clock clock) {
        this.identities = identities;
        this.people = people;
        this.merges = merges;
        this.events = events;
        this.pool = pool;
        this.clock = clock;
    }

    /** Asked at every login and mostly answered by a look: only a browser that is not the customer's yet waits for the other writers. */
    Uni<VisitorLinkView> link(LinkVisitor request) {
        Identity visitor = Identity.visitor(request.visitorId());
        return customer(pool, request)
                .chain(customer -> owner(pool, visitor)
                        .map(owner -> owner.map(Holder::customerId).filter(customer::equals)))
                .chain(owned -> pool.withTransaction(tx -> owned.isPresent()
                        ? claim(tx, request, owned.get())
                        : people.lockAll(tx)
                                .chain(() -> customer(tx, request))
                                .call(customer -> give(tx, customer, visitor))
                                .chain(customer -> claim(tx, request, customer))))
                .onFailure(Deadlocks::caused)
                .retry()
                .atMost(Deadlocks.MAX_RETRIES);
    }

    private Uni<UUID> customer(SqlClient client, LinkVisitor request) {
        UUID id = request.customerId();
        if (id != null) {
            return people.current(client, id).map(VisitorLinks::known);
        }
        Identity account = request.account();
        return owner(client, account).map(owner -> known(owner.map(Holder::customerId)));
    }

    private static UUID known(Optional<UUID> found) {
        return found.orElseThrow(() -> MergeProblem.UNKNOWN_CUSTOMER.with("Send the customer first"));
    }

    private Uni<Optional<Holder>> owner(SqlClient client, Identity identity) {
        return identities
                .holders(client, List.of(identity))
                .map(holders -> holders.stream().findFirst());
    }

    /** A visitor of whom nothing but devices is known is merged into the customer; a browser that two people use goes over. */
    private Uni<Void> give(SqlConnection tx, UUID customer, Identity visitor) {
        return owner(tx, visitor).chain(owner -> {
            if (owner.isPresent() && owner.get().customerId().equals(customer)) {
                return Uni.createFrom().voidItem();
            }
            return owner.isPresent() && owner.get().isVisitor()
                    ? merges.merge(tx, customer, owner.get().customerId(), MergeReason.VISITOR, Identification.BY_RULE)
                            .replaceWithVoid()
                    : identities.take(tx, customer, List.of(visitor), clock.instant());
        });
    }

    /** The customer is held first, so that nobody is merged or removed meanwhile. */
    private Uni<VisitorLinkView> claim(SqlConnection tx, LinkVisitor request, UUID customer) {
        return people.share(tx, customer)
                .chain(held -> events.claim(tx, request.visitorId(), known(held)))
                .map(linked -> new VisitorLinkView(request.visitorId(), customer, linked));
    }
}
