package io.snowball.segmentation.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.snowball.platform.id.Ids;
import io.snowball.segmentation.segment.PreviewSample.Sample;
import io.snowball.segmentation.segment.SegmentApi.SegmentPreview;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class PreviewSampleTest {
    private static final Sample SAMPLE = new Sample(Collections.nCopies(10_000, Ids.next()), 1_000_000);

    @Test
    void saysHowManyOfTheBaseAndHowSureItIs() {
        SegmentPreview preview = SAMPLE.preview(400, List.of());
        assertThat(preview.exact()).isFalse();
        assertThat(preview.count()).isEqualTo(40_000);
        // Wilson's interval of 400 in 10,000.
        assertThat(preview.countFrom()).isEqualTo(36_333);
        assertThat(preview.countTo()).isEqualTo(44_021);
    }

    @Test
    void doesNotTakeNoneInTheSampleForNoneInTheBase() {
        SegmentPreview preview = SAMPLE.preview(0, List.of());
        assertThat(preview.count()).isZero();
        assertThat(preview.countFrom()).isZero();
        assertThat(preview.countTo()).isEqualTo(384);
    }
}
