### The drawing of the patient: its words, its caption, and the names of what can be pressed.

figure-name = The patient, drawn from the findings
figure-overlay = Show the decided plan
figure-overlay-empty = (nothing to draw is decided)

## Words in the drawing

figure-behind = From behind
figure-side = Midline, from the side
figure-across = Across, at { $level }
figure-across-unknown = Across: level not recorded
figure-above = ↑ { $level }
figure-left = L
figure-right = R
figure-front = front
figure-back = back
figure-ilium = ilium
figure-coccyx = coccyx
figure-end = end of
figure-sac = the sac
figure-pressed = pressed
figure-by-tumour = by tumour
figure-by-bone = by bone
figure-below-joint = below the sacroiliac joint
figure-skeleton = Skeleton
figure-spine = vertebrae
figure-bones = other bones
figure-organs = organs
figure-tally = { $value ->
    [none] none
    [removable] removable
    [unremovable] not removable
   *[other] {""}
 }
figure-sides = side not recorded:

figure-alarm-syndrome = cauda equina syndrome
figure-alarm-suspected = cauda equina syndrome suspected
figure-alarm-incontinence = incontinence
figure-alarm-retention = retention
figure-alarm-saddle = saddle sensation reduced
figure-alarm-weak-both = weakness on both sides
figure-alarm-weak-one = weakness on one side
figure-alarm-pain-both = root pain on both sides
figure-alarm-pain-one = root pain on one side

figure-plan-laminectomy = decompression (laminectomy)
figure-plan-fix-both = lumbopelvic fixation, both sides
figure-plan-fix-left = lumbopelvic fixation, left only
figure-plan-fix-right = lumbopelvic fixation, right only
figure-plan-fix-one = lumbopelvic fixation, one side
figure-plan-iliosacral = iliosacral screws
figure-plan-cement = cement (sacroplasty)
figure-plan-field = radiation field
figure-plan-needle = biopsy
figure-undecided = { $name } (undecided)

## The caption: where and what bone, what nerves, what is unknown

figure-where = { $level ->
    [unknown] Level not recorded
   *[other] Level { $level }
 }
figure-caption-bone = { $where }: { $bone }.
figure-caption-nerves = Nerves: { $nerves }.
figure-caption-unknown = Not known: { $unknown }.
figure-assumed = { $phrase } (assumed)
figure-all-assumed = { $where } (all findings assumed)

figure-say-bone-lesion = { $value ->
    [lytic] lytic lesion
    [blastic] blastic lesion
    [mixed] mixed lesion
   *[ct_occult] lesion seen on MRI but not on CT
 }
figure-say-collapse = { $value ->
    [body_over_50] more than half of the body involved, no collapse
    [under_50] collapse of less than 50 %
    [over_50] collapse of more than 50 %
   *[none] no collapse
 }
figure-say-fracture = { $value ->
    [present] fracture
   *[none] no fracture
 }
figure-say-fracture-pattern = { $value ->
    [ala] fracture line through one or both wings
    [transverse] fracture line across the body
    [u_or_h] U or H fracture
   *[none] {""}
 }
figure-say-alignment = { $value ->
    [deformity] new deformity
    [subluxation] subluxation
   *[normal] {""}
 }
figure-say-posterolateral = { $value ->
    [unilateral] posterolateral elements involved on one side
    [bilateral] posterolateral elements involved on both sides
   *[none] {""}
 }
figure-say-sacral-ala = { $value ->
    [yes] wing involved
   *[no] {""}
 }
figure-say-ilium = { $value ->
    [left] left ilium or sacroiliac joint involved
    [right] right ilium or sacroiliac joint involved
    [bilateral] ilium or sacroiliac joint involved on both sides
   *[none] {""}
 }
figure-say-vertebrae = { $value ->
    [one] one vertebra involved
    [two] two vertebrae involved
   *[three_or_more] three or more vertebrae involved
 }
figure-say-bones = { $value ->
    [one_or_two] one or two other bones involved
    [three_or_more] three or more other bones involved
   *[none] {""}
 }
figure-say-organs = { $value ->
    [removable] organ metastases that can be removed
    [unremovable] organ metastases that cannot be removed
   *[none] {""}
 }
figure-say-epidural = { $value ->
    [indents] sac or roots indented
    [effaces] sac or roots effaced
   *[none] canal free
 }
figure-say-compression = { $value ->
    [tumour] compressed by tumour
    [bone] compressed by bone
   *[none] no compression at the levels seen
 }
figure-say-compartment = { $value ->
    [epidural] {""}
    [foraminal] tumour in the foramina
    [plexus] tumour in the lumbosacral plexus
   *[intradural] tumour inside the sac
 }
figure-say-escc = ESCC grade { $value }

## What is unknown, or lacks its side

figure-part-roots = bladder, saddle and legs
figure-part-epidural = canal
figure-part-compression = what compresses the roots
figure-part-compartment = where tumour reaches the nerves
figure-part-escc = cord compression
figure-part-bone-lesion = bone lesion
figure-part-collapse = collapse
figure-part-fracture = fracture
figure-part-fracture-pattern = fracture pattern
figure-part-alignment = alignment
figure-part-posterolateral = posterolateral elements
figure-part-sacral-ala = wing
figure-part-ilium = ilium
figure-side-roots = symptoms
figure-side-compartment = tumour outside the canal
figure-side-fracture-pattern = fracture of the wing
figure-side-posterolateral = posterolateral elements
figure-side-sacral-ala = wing
figure-part-vertebrae = number of vertebrae
figure-part-bones = other bones
figure-part-organs = organs

## Parts that can be pressed

figure-target = { $part }: { $now }. Set { $finding } to { $next }
figure-target-level-l4 = L4
figure-target-level-l5 = L5
figure-target-level-s1 = S1
figure-target-level-s2 = S2
figure-target-level-s3 = S3
figure-target-level-s4 = S4
figure-target-level-s5 = S5
figure-target-wing-left = Left wing
figure-target-wing-right = Right wing
figure-target-ilium-left = Left ilium
figure-target-ilium-right = Right ilium
figure-target-body = Bone of the body
figure-target-posterolateral = Posterolateral elements
figure-target-canal = Canal
