package io.snowball.consent.confirmation;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.snowball.consent.confirmation.ConfirmationLinkApi.Addressed;
import io.snowball.consent.confirmation.ConfirmationLinkApi.ConfirmationLinkView;
import io.snowball.consent.consent.Channel;
import io.snowball.consent.consent.PendingConfirmations;
import io.snowball.consent.consent.PendingConfirmations.Pending;
import io.snowball.consent.decision.Decisions;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;

/** Which links may be sent where: what is asked of a person to confirm is no advertising, but who is blocked is asked nothing. */
@ApplicationScoped
class SendableLinks {
    private final PendingConfirmations confirmations;
    private final Decisions decisions;

    SendableLinks(PendingConfirmations confirmations, Decisions decisions) {
        this.confirmations = confirmations;
        this.decisions = decisions;
    }

    /** What a decision is about. */
    private record About(String purpose, Channel channel) {
        static About of(Pending pending) {
            return new About(pending.purpose(), pending.channel());
        }
    }

    Uni<List<ConfirmationLinkView>> of(List<Addressed> items) {
        Map<UUID, String> addresses = new HashMap<>();
        items.forEach(item -> addresses.put(item.recordId(), item.address()));
        return confirmations
                .of(List.copyOf(addresses.keySet()))
                .map(pending -> pending.stream()
                        .filter(one -> confirmations.isFor(one, Objects.requireNonNull(addresses.get(one.recordId()))))
                        .collect(Collectors.groupingBy(About::of)))
                .chain(groups -> Multi.createFrom()
                        .iterable(groups.entrySet())
                        .onItem()
                        .transformToUniAndConcatenate(group -> allowed(group.getKey(), group.getValue(), addresses))
                        .collect()
                        .asList())
                .map(lists -> lists.stream().flatMap(List::stream).toList());
    }

    private Uni<List<ConfirmationLinkView>> allowed(About about, List<Pending> pending, Map<UUID, String> addresses) {
        Map<UUID, String> byCustomer = new HashMap<>();
        pending.forEach(one -> byCustomer.put(one.customerId(), Objects.requireNonNull(addresses.get(one.recordId()))));
        return decisions
                .transactional(about.purpose(), about.channel(), byCustomer)
                .map(allowed -> pending.stream()
                        .filter(one -> allowed.contains(one.customerId()))
                        .map(one -> new ConfirmationLinkView(one.recordId(), confirmations.link(one)))
                        .toList());
    }
}
