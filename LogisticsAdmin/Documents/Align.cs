namespace LogisticsAdmin.Documents;

public enum Align
{
    Left,
    Right,
    Center,
}
