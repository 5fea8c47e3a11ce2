package io.snowball.campaign.campaign;

import io.smallrye.mutiny.Uni;
import io.snowball.campaign.EntityTags;
import io.snowball.campaign.Storable;
import io.snowball.campaign.campaign.Campaign.Draft;
import io.snowball.campaign.campaign.CampaignState.Move;
import io.snowball.campaign.channel.Channel;
import io.snowball.campaign.template.Templates;
import io.snowball.platform.id.Ids;
import io.snowball.platform.page.Cursor;
import io.snowball.platform.page.Keyset;
import io.snowball.platform.problem.CommonProblem;
import io.snowball.platform.problem.ProblemException;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The life of campaigns, up to the point where their messages are planned. */
@ApplicationScoped
class Campaigns {
    private final CampaignSql sql;
    private final Templates templates;
    private final Pool pool;
    private final Clock clock;

    Campaigns(CampaignSql sql, Templates templates, Pool pool, Clock clock) {
        this.sql = sql;
        this.templates = templates;
        this.pool = pool;
        this.clock = clock;
    }

    Uni<Campaign> create(SqlConnection tx, Draft draft, Author author) {
        return check(tx, draft, author)
                .chain(() -> sql.insert(tx, Ids.next(), draft, Ids.next(), OffsetDateTime.now(clock), author.id()));
    }

    Uni<Campaign> update(UUID id, int version, Draft draft, Author author) {
        return check(pool, draft, author)
                .chain(() -> sql.update(id, version, draft))
                .chain(updated -> updated.isPresent()
                        ? Uni.createFrom().item(updated.get())
                        : get(id).map(Campaigns::whyNotUpdated));
    }

    Uni<Campaign> get(UUID id) {
        return sql.find(id).map(found -> found.orElseThrow(() -> absent(id)));
    }

    Uni<Keyset<Campaign>> list(@Nullable String cursor, int limit) {
        List<String> after = Cursor.decode(cursor, 1);
        return sql.list(after == null ? null : Cursor.asUuid(after.getFirst()), limit + 1)
                .map(rows ->
                        Keyset.of(rows, limit, campaign -> List.of(campaign.id().toString())));
    }

    Uni<Campaign> launch(SqlConnection tx, UUID id, Author author) {
        return lock(tx, id).chain(campaign -> {
            author.mustBeAllowed(campaign.draft().messageClass());
            CampaignState next = campaign.state().after(Move.LAUNCH, false);
            return templates
                    .currentVersion(tx, campaign.draft().templateId())
                    .invoke(template -> mustBeLabelled(campaign, template))
                    .chain(template ->
                            sql.launch(tx, id, next, template.version(), OffsetDateTime.now(clock), author.id()));
        });
    }

    Uni<Campaign> move(UUID id, Move move) {
        return pool.withTransaction(tx -> lock(tx, id).chain(campaign -> {
            CampaignState next = campaign.state().after(move, campaign.plannedAt() != null);
            return next == campaign.state() ? Uni.createFrom().item(campaign) : sql.move(tx, id, next);
        }));
    }

    /** 38-FZ art. 18.1: an advertisement without its label costs its distributor half a million. */
    private static void mustBeLabelled(Campaign campaign, Templates.Pinned template) {
        if (!template.missing().isEmpty()) {
            throw CampaignProblem.LABEL_MISSING.with("Set in the template's advertisement: "
                    + String.join(", ", template.missing()) + "; then launch again");
        }
        if (template.thirdPartyOffer() && campaign.draft().messageClass() != MessageClass.ADVERTISING) {
            throw CampaignProblem.IS_ADVERTISING.with("Set messageClass to ADVERTISING, or take the offer out");
        }
    }

    private Uni<Campaign> lock(SqlConnection tx, UUID id) {
        return sql.lock(tx, id).map(found -> found.orElseThrow(() -> absent(id)));
    }

    /** @param client the transaction, where there is one: waiting for a second connection in it could be for ever */
    private Uni<Void> check(SqlClient client, Draft draft, Author author) {
        author.mustBeAllowed(draft.messageClass());
        Storable.check("/sendAt", draft.sendAt());
        if (draft.channel() != Channel.EMAIL) {
            throw ProblemException.invalidField("/channel", "not-supported", "Campaigns go over EMAIL so far");
        }
        return templates
                .exists(client, draft.templateId())
                .invoke(exists -> {
                    if (!exists) {
                        throw ProblemException.invalidField(
                                "/templateId",
                                "unknown-template",
                                "There is no template with this id: create it first");
                    }
                })
                .replaceWithVoid();
    }

    private static Campaign whyNotUpdated(Campaign campaign) {
        if (campaign.state() != CampaignState.DRAFT) {
            throw CampaignProblem.NOT_EDITABLE.with("Only a draft can be changed; this one is " + campaign.state());
        }
        throw EntityTags.stale();
    }

    private static ProblemException absent(UUID id) {
        return CommonProblem.NOT_FOUND.with("There is no campaign " + id);
    }
}
