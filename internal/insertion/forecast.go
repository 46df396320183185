package insertion

// ForecastInput is what a forecast reads.
type ForecastInput struct {
	Due    Hours // to reach; usually Dues.Forecast
	Start  Date
	End    Date // of the clause; "" = 24 months from today
	Today  Date
	Months []BurnMonth // planned and counted by month, any order
	Window int         // months of pace looked at; 0 = 6, a parameter
	Extra  []Effort    // what-if: not saved
}

// BurnMonth is a month of a lot.
type BurnMonth struct {
	Month   Month
	Planned Hours
	Done    Hours
	Entered bool
}

// Effort is a supposed hire: « un CDDI de plus, 26 h par semaine dès mars ».
type Effort struct {
	Persons int
	Weekly  Hours
	From    Month
	To      Month // "" = to the end
}

// Forecast is where a lot is going.
type Forecast struct {
	Done      Hours
	Planned   Hours // ahead, as agreed
	Pace      Hours // a month, mean of the last months closed
	Low       Hours // at the end, from the worst of the last months
	End       Hours // at the end, central
	High      Hours // at the end, from the best of the last months
	Reached   Month // when Due is reached; "" when it is not before the end
	Earliest  Month // with High
	Latest    Month // with Low; "" when not reached
	Shortfall Hours // Due − End, never below 0
	Months    []ForecastMonth
	Trace     []string
}

// ForecastMonth is a month ahead: cumulated hours.
type ForecastMonth struct {
	Month          Month
	Low, End, High Hours
}

// Health is how a clause goes, by a word and a mark as well as by a colour.
type Health string

// From good to bad; parameters decide (Thresholds.Orange, Thresholds.Red).
const (
	HealthNone   Health = ""
	HealthGreen  Health = "vert"
	HealthOrange Health = "orange"
	HealthRed    Health = "rouge"
)
