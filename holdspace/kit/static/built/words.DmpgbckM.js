var e=`abacus able absorb accent accept acorn active actor add admire adobe adopt adorn advise agenda agile agree
airport airy album alcove alert algae alive alley allow almanac almond alpaca amaze amber amused anchor ancient
angle ankle answer anthem antler apex appear apple apron apt aqua arbor arch ardent arena arrange arrive arrow
artful artist ask aspect aspen assist athlete atlas atom attend attic aurora author autumn avenue avocado awake
awning axis axle azure badge badger bagel bake baker bakery balance ballad ballet balloon ballot bamboo banana
band banjo banner barber barley barn barrel basic basil basin basket bassoon bath bathe bay bazaar beach beacon
bead beagle beak beam bean bear beard beaver become bedrock beehive beetle begin believe bell belong belt bench
beret berry bicycle bike binder birch bird biscuit bison blanket blazer blend blimp blink block bloom blossom
blouse board boat bobcat boil bold bonfire bongo bonnet bonus book boot borrow bottle bottom boulder bounce
bouncy bouquet bowl box braid branch brass brave bread breathe breeze breezy brew brick bridge brief bright
bring brisk broad bronze brook broom brownie brush bubble bubbly bucket buckle buffet bugle build bumper bundle
buoy bureau burrow bus bush butler butter button cabin cable cactus cage cake calf calico call calm camel camera
camp canal canary candid candle candy canoe canopy canvas canyon cape captain capture caramel caravan card care
careful cargo carpet carrot carry cart carve cashew castle casual cat catch catfish cattle cave cedar ceiling
celery cello cement center central century ceramic cereal chain chair chalk change chapel chapter chariot charm
charter chase chat cheddar cheer cheese cherry chess chest chew chicken chief chime chimney chin choir choose
chorus chosen chuckle cider cinema circle circus citrus city civic clam clap clarity clasp classic clay clean
clear clever cliff climb cloak clock close cloth cloud cloudy clover cluster coach coast coastal coaster coat
cobalt cobra cocoa coconut cocoon coffee coin collar collect college colony column comb combine comet compact
compare compass compose concert condor contour cook cookie cool copious copper copy cordial cork corn corner
cosmic costume cottage cotton couch cougar count counter country county course cove cover cow cowboy coyote cozy
crab cracker cradle craft crafty crane crater crayon cream creamy create creek crest cricket crimson crisp
crocus cross crouton crown crunchy crystal cub cube cuckoo culture cup curator curb curious curl curly curry
curtain curve curvy cushion custard cycle cyclone cymbal cypress dabble dahlia daily dainty dairy daisy dance
dancer dapper daring dash data dawn decade decent decide decimal deck deep deer degree delight deliver delta
denim dense depend depot desert desk detail detour dewy diagram dial diamond diary dice dig digit dinner diploma
dipper direct disc dish dive diver dock dog dollar dolphin dome domino donkey donut doodle door doorway double
dough dove dragon draw drawer drawing dream dreamy dress drift drink drive driver drop drum dry duck dune dusk
dust eager eagle ear early earn earring earth easel east easy eat echo eclipse edit edition editor eel egg
elastic elbow elder elegant element eleven elite elk elm ember emblem embrace emerald emperor energy engine
enjoy enter entry epic equal equator equinox era estate estuary even evening event exact example exhibit exotic
expert explain explore express eyebrow fable fabric factory fair falafel falcon famous fan fancy fanfare farm
farmer fashion fast fathom favor feast feather fence fennel fern ferry festive fetch fiber fiction fiddle field
fifty fig figure fill filter final finch find fine finger finish fir firefly fireman firm first fish fit fix
fjord flag flake flame flannel flask flat flavor flax fleece fleecy fleet flicker flint flipper float flock
floor floral florist flour flow fluent fluffy flute fly foam focus fog folder foliage follow fond forest forgive
fork form formal formula fortune forty forum forward fossil foundry fox frame frank freckle free freight fresco
fresh friend frisbee frog frost frosty fruit fudge full funnel funny furnace fuzzy gadget gait galaxy gallant
gallery gallon gallop garage garden garland garlic garnet gather gaze gazebo gazelle gecko gem general gentle
genuine geology geyser giant giddy gifted giggle gilded ginger giraffe give glacier glad glass glassy glide
glimmer glitter global globe glossy glove glow glue gnome goat goblet gold golf gondola good goose gopher gourd
gown grain grand grandpa granite granola grape graph grass grassy gravel gravy green greet griddle grill grin
grocery grotto group grove grow guava guess guest guide guild guitar gulf gull gumdrop guppy gust gymnast habit
habitat haiku hail hairpin hallway halo hamlet hammer hammock hamster hand handle handy hangar happy harbor
hardy hare harmony harness harp harpoon harvest hasty hat haven hawk hay hazel heal hear heart hearth hearty
heather hedge helium helmet help helpful hen herald herb hermit herring hickory hidden high hike hill hinge
hippo history hive hobby hockey hold holiday hollow holly honest honey honor hood hook hop hopeful hopper
horizon horn hornet horse hostel hotel hour house hug hull hum humid hummus hut hymn ice iceberg icicle icy idea
ideal igloo iguana image imagine improve impulse incense inch include index indigo ingot ink inlet inn inner
insect insight inspire invent invite iris iron island item ivory ivy jackal jacket jackpot jade jaguar jam
janitor jar jasmine javelin jay jeans jelly jersey jet jewel jigsaw jingle jockey jog join joker jolly journal
jovial joyful jubilee jug juggle juice juicy jumbo jump jumper jungle junior juniper just karate kayak keen keep
kennel kernel kettle key kiln kilo kilt kimono kind king kingdom kiosk kitchen kite kitten kiwi knee knit knot
know koala label lace ladder ladle lady ladybug lagoon lake lamb lamp landing lantern lapel laptop larch large
lark lasso lasting latch lateral lattice laugh launch laurel lava lavish lawn lead leader leaf leaflet leafy
league lean leap learn leather ledge legend leisure lemon lend lens lentil leopard letter lettuce level lever
liberty library lichen lift light lighter likely lilac lily lime limit linden linear linen liner linger lion
listen little live lively lizard llama lobby lobster local locker locket lodge lofty log logical long look loom
loose lotion lotus loud lounge love lovely loyal lucid lucky lullaby lumber lunar lunch lupine lush luster lute
lynx lyric macaw machine magenta magic magnet magpie mail main major make makeup mallard mallet mango manor
mantle manual many map maple marble march margin marina mariner market marlin maroon marsh marten marvel mascot
mask mast mat mature maximum mayor maze meadow measure medal medley meet mellow melody melon member memoir
memory mend mention mentor menu mercury merit mesa message meteor method metro midday migrant mild milky mill
million mindful mineral minnow mint minty minute miracle mirror mist misty mitten mix mixture mobile model
modern modest moist mole moment monarch monitor monkey monsoon moon moose moral morning morsel mosaic moss moth
motif motion motor motto mouse mousse move movie muffin mule munch mural museum music musical mustard mutual
mystery nap napkin narrow nation native natural nature navy near neat nectar needle nest nettle network new newt
nickel nifty night nimble ninety noble nod nomad noon normal north notice notion nougat novel nozzle nugget
number nut nutmeg nutty oak oar oasis oat oatmeal object oblong oboe ocean ocelot octagon octave octopus odyssey
offer office olive omelet onion onset onyx opal open opera optimal orange orbit orchard orchid order oregano
organ origami origin oriole osprey ostrich otter outer outfit outline outpost oval oven owl oxygen oyster pack
package paddle page pageant paint painter palace pale palm pancake panda panel pansy panther papaya paper
paprika parade parasol parcel park parka parlor parrot parsley partner passage past pasta pastel pastry pasture
patent path patio pattern pause peach peacoat peacock peak peanut pear pearl pebble pecan pedal pelican pencil
pendant penguin penny peony people pepper perch perfect perform period permit petunia phoenix photo pianist
piano pickle picnic picture pier pigeon pigment pilgrim pillow pilot pine pink pioneer pipe pitcher pivot pixel
place plan planet plank planner plant plaster plastic plate platter play playful plaza plenty plow plucky plum
plump plural plush pocket podium poem poet poetic polar polenta polite pollen polo polygon poncho pond pony
popcorn poplar poppy popular porch portal portion poster potato potion pottery pour powder prairie praise
prelude premium prepare present pretzel primer prince printer prism prize problem process product profile
project promise prompt proper protect proud proverb provide publish pudding puddle puffin pull pulley pulse
pumpkin pupil puppet puppy pure purple push puzzle pyramid quail quaint quarry quarter quartz queen query quest
quiche quick quiet quill quilt quince quiver quota rabbit raccoon racket radar radio radish radius raft rail
rain rainbow raise raisin ramp ranch rancher rapid rare rattan rattle raven ray reach read reader ready real
reason recall receipt recipe record reef reflex refuge regal region regular relax relay relic remark remedy
repair repeat report rescue resort rest result retreat return reunion reward rhino rhubarb rhyme rhythm ribbon
rice rich riddle ride ridge ring rinse ripe ripple rise ritual river rivulet road roam robin robot rocket rodeo
roll roller romance roof roomy rooster root rope rose rosette rosy round routine row rowboat royal ruby rudder
rug ruler run runner rural rust rustic rye sable saddle safari saffron sage sail sailor salad salmon salsa salt
salty sample sand sandal sandbox sandy sardine satchel satin saturn sauce saucer savanna save savory say scale
scallop scarf scatter scene scenic scholar school science scoop scooter scout screen script scroll sea seafood
seagull seal search seaside season second section sector secure seed segment seminar senate send sequel serene
series serve sesame setting settle seven shadow shady shaggy shake shape share shark sheep shelf shell shelter
sherbet sheriff shift shine shiny ship shirt shoe shore short shovel show shower shrimp shrub shuffle shuttle
sienna sift signal silence silent silk silky silly silo silver simple sing singer single sip siren sit sixty
skate sketch ski skip sky skylark skyline slate sled sleek sleepy slender slide slim slipper slogan sloth slow
small smart smile smooth snack snail snap snappy snow snowman snowy snug soap soar soccer social sodium sofa
soft soil solar solid solve sonata song sonic sonnet soprano sort soup south spade spaniel spark sparrow speak
special speech spell sphere spice spider spin spinach spindle spiral spirit splash sponge sponsor spoon spotted
spring sprout spruce spry square squash squid stable stadium stag stage stair stamp stand stanza stapler starry
start station statue stay steady stem stencil step steward still stir stone stool stork storm story stove stream
street string stripe stroll student studio study sturdy subject subtle suburb subway success sudden suede sugar
suit summer summit sun sundae sundial sunfish sunny sunrise sunset super superb supper sure surf surface surfer
surplus sushi swallow swan swap swatch sway sweater sweet swift swim swing swirly syntax syrup system table
tablet tadpole taffy tailor talent talk tall tame tango tangy target tasty tavern tea teach teacher teal teapot
tell temple tempo ten tenant tender tennis tent terrace terrain texture thank theater theme theory thermos
thesis thick thicket thimble think third thirty thistle thread thrifty throne thrush thumb thunder thyme tiara
ticket tickle tide tidy tie tiger tile timber timely timpani tinsel tiny tissue title toast toasty toffee token
tomato tonic topaz topic torch toss total toucan touch tourist tower town toy trace tractor trade trail train
trapeze travel tray treat treaty tree trellis trend tribute trim trinket trio triumph trolley trophy tropic
trouser trout trowel truck true truffle trumpet trunk trust trusty try tuba tulip tumble tuna tundra tunic
tunnel turban turn turnip turtle tutor tuxedo tweed twelve twenty twig twine twirl twist uncle unfold unique
unit unite unpack upbeat upland upper urban urchin urn use useful usher usual utopia valley van vapor vase vast
vault vector velvet vendor venue verbal verse vertex vessel vest vine viola violet violin vision visit visor
vista vital vivid vocal vole volume voter voyage wade wafer waffle wagon waist wait waiter wake walk wallet
walnut walrus waltz wander warm wash washer watch water wave wavy wax weasel weaver web wedge well west whale
wharf wheat wheel whirl whisk whole wicker wide widget wild willow win wind window windy wink winter wisdom wise
wish witty wizard wolf wombat wonder wood wool woolly work world woven wrap wreath wren wrist write writer yacht
yak yard yarn yawn yellow yeoman yodel yoga yogurt young zebra zenith zephyr zesty zigzag zinc zinnia zipper
zippy zodiac zone`.split(/\s+/);export{e as WORDS};