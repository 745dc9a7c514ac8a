"""How common is a name? Based on the US Census of 1990, which is in the public domain.

All measures are in bits: of a million people, 2 to the power of the measure have the name. A name that is not listed is
rarer than those that are, and gets the measure that most people with such names have.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

_SURNAMES = """
    13: smith johnson williams jones brown
    12: davis miller wilson moore taylor anderson thomas jackson
    11: white harris martin thompson garcia martinez robinson clark rodriguez lewis lee walker hall allen young
        hernandez king wright lopez hill scott green adams baker gonzalez nelson carter mitchell perez roberts turner
        phillips campbell parker
    10: evans edwards collins stewart sanchez morris rogers reed cook morgan bell murphy bailey rivera cooper
        richardson cox howard ward torres peterson gray ramirez james watson brooks kelly sanders price bennett wood
        barnes ross henderson coleman jenkins perry powell long patterson hughes flores washington butler simmons
        foster gonzales bryant alexander russell griffin diaz hayes myers ford hamilton graham sullivan wallace woods
        cole west jordan owens reynolds fisher ellis harrison gibson mcdonald cruz marshall ortiz gomez murray freeman
        wells
    9: webb simpson stevens tucker porter hunter hicks crawford henry boyd mason morales kennedy warren dixon ramos
        reyes burns gordon shaw holmes rice robertson hunt black daniels palmer mills nichols grant knight ferguson
        rose stone hawkins dunn perkins hudson spencer gardner stephens payne pierce berry matthews arnold wagner
        willis ray watkins olson carroll duncan snyder hart cunningham bradley lane andrews ruiz harper fox riley
        armstrong carpenter weaver greene lawrence elliott chavez sims austin peters kelley franklin lawson fields
        gutierrez ryan schmidt carr vasquez castillo wheeler chapman oliver montgomery richards williamson johnston
        banks meyer bishop mccoy howell alvarez morrison hansen fernandez garza harvey little burton stanley nguyen
        george jacobs reid kim fuller lynch dean gilbert garrett romero welch larson frazier burke hanson day mendoza
        moreno bowman medina fowler brewer hoffman carlson silva pearson holland douglas fleming jensen vargas byrd
        davidson hopkins may terry herrera wade soto walters curtis neal caldwell lowe jennings barnett graves jimenez
        horton shelton barrett obrien castro sutton gregory mckinney lucas miles craig rodriquez chambers holt lambert
        fletcher watts bates hale rhodes pena beck
"""
_FIRST_NAMES = """
    14: james john robert mary michael william david
    13: richard charles joseph thomas
    12: patricia linda christopher barbara daniel elizabeth jennifer paul mark donald george maria kenneth susan
        margaret steven edward dorothy brian lisa ronald anthony nancy karen betty helen kevin jason matthew sandra gary
        timothy jose donna larry carol jeffrey
    11: ruth frank scott eric sharon stephen michelle andrew laura sarah kimberly deborah jessica shirley raymond
        cynthia angela melissa brenda amy anna rebecca virginia jerry gregory kathleen joshua pamela martha debra amanda
        dennis stephanie willie walter carolyn christine marie janet terry patrick frances catherine peter ann joyce
        diane harold alice henry douglas jean julie kelly heather teresa doris gloria carl arthur evelyn ryan ashley
        cheryl joan joe mildred katherine roger juan jack albert justin jonathan gerald judith keith rose samuel janice
    10: nicole judy christina kathy lawrence theresa ralph beverly nicholas denise roy benjamin tammy bruce irene
        brandon jane adam lori tracy billy fred rachel andrea harry marilyn wayne robin louis steve kathryn jeremy aaron
        leslie louise sara anne jacqueline wanda randy bonnie julia eugene bobby carlos ruby howard lois tina phyllis
        norma paula jamie russell shawn diana annie victor shannon chris lillian martin jesse emily peggy crystal lee
        ernest carmen gladys kim connie phillip todd rita dawn florence craig edna alan tiffany rosa dale francis cindy
        sean johnny clarence philip grace tony jimmy earl wendy antonio luis mike danny bryan victoria edith stanley
        leonard sherry nathan sylvia josephine thelma sheila ethel curtis manuel ellen elaine marjorie rodney norman
        lynn carrie allen charlotte marion monica esther pauline emma marvin juanita dana anita rhonda glenn vincent
        hazel travis jessie amber jeffery jeff eva chad jacob kyle debbie melvin alfred april clara lucille bradley ray
        jesus gail joanne eleanor eddie valerie danielle herbert joel frederick erin megan alicia suzanne michele bertha
        edwin darlene veronica jill
    9: geraldine lauren cathy joann lorraine sally regina erica beatrice dolores bernice audrey yvonne annette june
        samantha stacy ana renee ida vivian roberta holly brittany melanie loretta yolanda jeanette laurie katie kristen
        vanessa alma sue elsie beth jeanne vicki carla tara rosemary eileen terri gertrude lucy tonya ella stacey wilma
        gina kristin natalie agnes vera charlene bessie delores melinda pearl arlene maureen colleen allison tamara joy
        georgia constance lillie claudia jackie marcia tanya nellie minnie marlene heidi glenda lydia viola courtney
        marian stella caroline dora jo vickie mattie maxine irma mabel marsha myrtle lena christy deanna patsy hilda
        gwendolyn jennie nora billie tracey bobbie guadalupe johnnie angel casey jaime jimmie christian adrian charlie
        gene cecil corey ronnie dean tommy gabriel clyde jay mario alexander shane sam andre alex tyler francisco
        maurice micheal mitchell brett troy jon leon wesley roberto leo elmer dan oscar lewis vernon lester ricky
        randall barry bernard leroy marcus theodore clifford miguel jim tom calvin bill lloyd derek warren darrell
        jerome floyd alvin tim gordon greg jorge dustin pedro derrick zachary herman glen hector ricardo rick brent
        ramon gilbert marc reginald ruben nathaniel rafael edgar milton raul ben chester duane franklin brad
    8: margie nina cassandra leah penny kay priscilla naomi carole brandy olga dianne leona jenny felicia sonia miriam
        velma becky violet kristina toni misty mae shelly daisy ramona sherri erika katrina claire lindsey lindsay
        geneva belinda margarita sheryl cora faye ada natasha sabrina isabel marguerite hattie harriet molly cecilia
        kristi brandi blanche sandy rosie joanna iris eunice angie inez lynda madeline amelia alberta genevieve monique
        jodi janie maggie kayla sonya jan kristine candace fannie maryann opal alison yvette melody luz susie olivia
        flora shelley kristy mamie lula lola verna beulah antoinette candice juana jeannette pam kelli hannah whitney
        bridget karla celia latoya patty shelia gayle della vicky lynne sheri marianne kara jacquelyn erma blanca myra
        leticia pat krista roxanne angelica robyn adrienne rosalie alexandra brooke bethany sadie bernadette traci jody
        kendra jasmine nichole rachael chelsea mable ernestine muriel marcella elena krystal angelina antonia kerry
        laverne alexis ollie frankie morgan rene jordan bennie freddie loren lonnie donnie sidney cory ira cameron joey
        daryl cody shaun perry julian karl evan angelo claude julio blake austin virgil marshall ron roland arnold
        harvey jared erik darryl neil javier fernando clinton ted mathew tyrone darren lance kurt allan nelson guy
        clayton hugh max dwayne dwight armando felix everett ian wallace ken bob alfredo alberto dave ivan byron isaac
        morris clifton willard ross andy salvador kirk sergio seth kent terrance eduardo terrence enrique wade stuart
        fredrick arturo alejandro nick luther wendell jeremiah julius otis trevor oliver luke homer gerard doug kenny
        hubert lyle matt alfonso orlando rex carlton ernesto neal
"""
_OTHER_SURNAME, _OTHER_FIRST_NAME, _INITIAL = 6, 7, 16
_MILLION = 20
"""In bits."""


def bearers(name: Sequence[str]) -> int:
    """Of a million people, how many have a name with these folded words? In bits; the surname may be first or last."""
    *others, last = name
    first, *rest = name
    return max(_bearers(others, last), _bearers(rest, first))


def is_frequent_surname(name: str) -> bool:
    """Is this folded word among the most frequent surnames?"""
    return name in _surnames()


def is_frequent_first_name(name: str) -> bool:
    """Is this folded word among the most frequent first names?"""
    return name in _first_names()


def _bearers(first_names: Sequence[str], surname: str) -> int:
    """Parts of a name are taken as independent: of the people with one, the same share has the other as
    of all people.
    """
    return _surnames().get(surname, _OTHER_SURNAME) + sum(_share(name) for name in first_names)


def _share(first_name: str) -> int:
    if len(first_name) == 1:
        return _INITIAL - _MILLION
    return _first_names().get(first_name, _OTHER_FIRST_NAME) - _MILLION


@cache
def _surnames() -> Mapping[str, int]:
    return _measures(_SURNAMES)


@cache
def _first_names() -> Mapping[str, int]:
    return _measures(_FIRST_NAMES)


def _measures(table: str) -> dict[str, int]:
    measures: dict[str, int] = {}
    bits = 0
    for word in table.split():
        if word.endswith(":"):
            bits = int(word[:-1])
        else:
            measures[word] = bits
    return measures
