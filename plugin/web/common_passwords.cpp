#include "plugin/web/common_passwords.hpp"

#include <string>

namespace lockgate::web {
namespace {

// What people choose first, in lower case, a space before and after each.  Words
// also stand for themselves with digits and marks around them.
constexpr std::string_view kCommon =
    " "
    "00000000 0123456789 10203040 11111111 11223344 1122334455 112233445566 12121212 "
    "123123123 123321123 12341234 123412345 12344321 123454321 12345678 123456789 "
    "1234567890 12345678a 12345679 1234567a 123456aa 1234qwer 123asd123 123qwe123 "
    "123qweasd 13131313 135792468 147258369 159357456 159753456 1a2b3c4d 1q2w3e4r "
    "1q2w3e4r5t 1qaz2wsx 1qazxsw2 20202020 22222222 69696969 741852963 789456123 87654321 "
    "88888888 963852741 987654321 9876543210 99999999 a1234567 a12345678 a1b2c3d4 "
    "a1s2d3f4 aa123456 aa12345678 abc abc12345 abc123abc abcabc abcd abcd1234 abcdabcd "
    "abcdef abcdefg aberdeen access accessme admin admin1234 administrator alexander "
    "alexandra alfie always amanda amazing amazon amelia andrew android angel angels "
    "anthony apple apples april arsenal asd123asd asdf asdf1234 asdfasdf asdfgh asdfghjk "
    "asdfghjkl ashley astonvilla august autumn awesome babyboy babygirl bailey banana "
    "bananas barbara barcelona barney baseball basketball batman beautiful belfast bella "
    "benjamin bestfriend birmingham birthday biscuit blessed blink182 blue1234 board "
    "boardroom boroughcouncil brighton brilliant bristol britain brother bunny buster "
    "buttercup butterfly cambridge cappuccino captain cardiff catherine celtic champagne "
    "changeit changeme changemenow changethis charlie charlotte cheese cheesecake chelsea "
    "cherry children chocolate christ christmas christopher church citycouncil cityhall "
    "coffee committee computer computers cookie cookies cool cooldude cornwall "
    "correcthorsebatterystaple corvette council councillor countycouncil cowboy crazy "
    "cricket crystalpalace cupcake cycling daddy daisy daniel danielle darling december "
    "default department devon doctorwho doggie doggy dolphin dolphins dragon dragon123 "
    "dragons dumbledore eagle eagles easter edinburgh edward elephant elizabeth emily "
    "england essex everton facebook faith falcon family fantastic father february ferrari "
    "finance fishing flower flowers football football1 footballer forever foreveryoung "
    "forgetit forgotten fortnite freedom friday friend friends fulham funny gamer gaming "
    "gandalf george ginger glasgow godbless godisgood golfer golfing goodbye goodmorning "
    "goodnight google gorgeous government govgov grandma green123 gryffindor guest "
    "guinness hallelujah halloween hamster hannah happiness happy happyday harley harry "
    "harrypotter hearts heaven hello hellohello hellokitty helloworld hibs hobbit hockey "
    "hogwarts holiday holidays homer honda honey horses housing hunter iloveu iloveyou "
    "iloveyou2 instagram internet iphone ipswich ireland ironman isabella jackson jaguar "
    "jamesbond january jedimaster jennifer jessica jesus jesuschrist jonathan jordan "
    "joseph joshua july june justice juventus katherine kent keyboard killer kimberly "
    "kingking kitten kitty lancashire laptop lavender leeds leedsunited leicester letmein "
    "letmeinnow liberty linkedin lion lions liverpool liverpudlian lkjhgfdsa localgov "
    "lockgate lockgates login loginlogin london lordoftherings love1234 lovelove loveme "
    "loveyou lucky luckyme manager manchester mancity manunited manutd march margaret "
    "master masterkey matrix matthew max may melissa mercedes michael michael1 michelle "
    "microsoft millwall milly minecraft mnbvcxz molly monday monday1 money moneymoney "
    "monitor monkey monkey123 monkeys moonlight mother mummy mustang mycouncil myfamily "
    "mylove mypassword mysecret natalie ncc1701d netflix newcastle newpassword nicholas "
    "nicole ninja nintendo nopass nopassword norfolk norwich nothing nottingham november "
    "october office office1 oldpassword oliver olivia opendoor opensesame openup orange "
    "outlook oxford p@ssw0rd p@ssword palace panther pass1234 pass12345 passcode "
    "passphrase passw0rd password passwort patricia patrick peace peaches penguin "
    "penguins pepper phoenix pikachu pirate pizza planning playstation poiuytrewq pokemon "
    "pony poppet poppy porsche portsmouth prince princess procurement prototype public "
    "publicservice pumpkin puppy q1234567 q1w2e3r4 q1w2e3r4t5 qazwsx qazwsxedc queen "
    "qwe123qwe qwer1234 qwerty qwerty123456 qwertyqwerty qwertyui qwertyuiop qwertz "
    "rabbit rachel rainbow ranger rangers realmadrid rebecca red123456 remember "
    "rememberme richard robert rocky root rootroot rosebud rosie rugby running rush2112 "
    "safeguarding samantha samsung saturday scooby scotland secret secrets september "
    "service services shadow sheffield sherlock signin silly simpsons sister skywalker "
    "smile smiling smokey snooker snoopy soccer socialcare socialwork soldier sophie "
    "southampton spiderman spotify spring squirrel starlight startrek starwars stephanie "
    "stephen steven strawberry suffolk summer summer69 sunday sunderland sunflower sunset "
    "sunshine superman superstar superuser surrey sussex swansea sweetheart sweetie "
    "swimming sysadmin temp temp1234 temporary temppass tennis terminator test test1234 "
    "tester testing testtest thepassword thomas thursday tiger tigers tigger topsecret "
    "tottenham townhall toyota truelove trustme trustno tuesday turtle twitter unicorn "
    "user user1234 username useruser victoria villa visitor wales warcraft warrior "
    "wednesday weekend welcome welcometo westham whatever whatever1 whatsapp whiskey "
    "whisky william windows winter wolves wonderful wonderwoman work working workwork "
    "wsxedcrfv xbox yamaha york yorkshire youtube zaq12wsx zaq1zaq1 zxcv1234 zxcvbn "
    "zxcvbnm ";

}  // namespace

bool is_common_password(std::string_view lower) {
  if (lower.empty() || lower.find(' ') != std::string_view::npos) return false;
  return kCommon.find(" " + std::string(lower) + " ") != std::string_view::npos;
}

}  // namespace lockgate::web
