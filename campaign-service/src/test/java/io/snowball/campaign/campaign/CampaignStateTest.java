package io.snowball.campaign.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.snowball.campaign.campaign.CampaignState.Move;
import io.snowball.platform.problem.ProblemException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CampaignStateTest {
    // The whole table: what is not in it is refused; "planned" is whether all members are copied.
    @ParameterizedTest
    @CsvSource({
        "DRAFT,     LAUNCH, false, PLANNING",
        "DRAFT,     CANCEL, false, CANCELLED",
        "PLANNING,  PAUSE,  false, PAUSED",
        "PLANNING,  RESUME, false, PLANNING",
        "PLANNING,  CANCEL, false, CANCELLED",
        "RUNNING,   PAUSE,  true,  PAUSED",
        "RUNNING,   RESUME, true,  RUNNING",
        "RUNNING,   CANCEL, true,  CANCELLED",
        "PAUSED,    PAUSE,  true,  PAUSED",
        "PAUSED,    RESUME, true,  RUNNING",
        "PAUSED,    RESUME, false, PLANNING",
        "PAUSED,    CANCEL, true,  CANCELLED",
        "CANCELLED, CANCEL, true,  CANCELLED",
    })
    void goesWhereTheMoveLeads(CampaignState from, Move move, boolean planned, CampaignState to) {
        assertThat(from.after(move, planned)).isEqualTo(to);
    }

    @ParameterizedTest
    @CsvSource({
        "DRAFT, PAUSE",
        "DRAFT, RESUME",
        "PLANNING, LAUNCH",
        "RUNNING, LAUNCH",
        "PAUSED, LAUNCH",
        "COMPLETED, LAUNCH",
        "COMPLETED, PAUSE",
        "COMPLETED, RESUME",
        "COMPLETED, CANCEL",
        "CANCELLED, LAUNCH",
        "CANCELLED, PAUSE",
        "CANCELLED, RESUME",
    })
    void refusesWhatMakesNoSenseAndSaysWhereItStands(CampaignState from, Move move) {
        assertThatThrownBy(() -> from.after(move, true))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining(from.name());
    }
}
