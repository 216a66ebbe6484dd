// The grocer's price list: data for generate_catalogue.cpp and nothing else. Prices are pence, of a
// piece or (the third value set) of a kilogram; the popular things stand first. Const: any thread.
#pragma once

#include "cli/generate_catalogue.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace accrue::cli {

struct PricedGood {
  std::string_view description;
  std::int64_t pence = 0;
  bool weighed = false;
};

struct ShelfPlan {
  Shelf shelf = Shelf::tea;
  std::string_view category;
  int share = 0;  ///< Of all lines, in parts of the sum of shares.
  int december_share = 0;
  std::span<const PricedGood> goods;
};

// clang-format off
inline constexpr PricedGood kTeaGoods[] = {
    {"Breakfast tea 80 bags", 279}, {"Gold blend tea 160 bags", 449}, {"Earl Grey 50 bags", 235},
    {"Green tea 20 bags", 165}, {"Peppermint 20 bags", 155}, {"Decaf tea 80 bags", 310},
    {"Loose Assam 250 g", 399},
};
inline constexpr PricedGood kBiscuitsGoods[] = {
    {"Digestives 400 g", 125}, {"Chocolate digestives 266 g", 189}, {"Rich tea 300 g", 105},
    {"Custard creams 400 g", 119}, {"Shortbread 210 g", 225}, {"Ginger nuts 250 g", 99},
    {"Jaffa cakes 10", 135}, {"Bourbons 300 g", 95}, {"Oat cookies 300 g", 179},
    {"Cream crackers 300 g", 115},
};
inline constexpr PricedGood kCoffeeGoods[] = {
    {"Ground coffee 227 g", 375}, {"Instant coffee 200 g", 549}, {"Coffee beans 1 kg", 1199},
    {"Espresso capsules 10", 299}, {"Decaf instant 100 g", 329}, {"Cappuccino sachets 8", 219},
};
inline constexpr PricedGood kFreshGoods[] = {
    {"Bananas", 112, true}, {"Carrots", 65, true}, {"Loose potatoes", 85, true},
    {"Braeburn apples", 210, true}, {"Tomatoes on the vine", 340, true}, {"Brown onions", 95, true},
    {"Red grapes", 429, true}, {"Conference pears", 225, true}, {"Iceberg lettuce", 89},
    {"Cucumber", 95}, {"Avocado", 99}, {"Strawberries 400 g", 275}, {"Blueberries 150 g", 200},
    {"Broccoli 350 g", 82}, {"Mushrooms 300 g", 115}, {"Lemons 4", 120}, {"Salad bag 120 g", 130},
    {"Spring onions", 65},
};
inline constexpr PricedGood kBakeryGoods[] = {
    {"White sliced 800 g", 119}, {"Wholemeal sliced 800 g", 129}, {"Sourdough loaf", 275},
    {"Croissants 4", 189}, {"Bagels 5", 149}, {"Crumpets 6", 85}, {"Tortilla wraps 8", 140},
    {"Baguette", 99}, {"Pitta 6", 79}, {"Hot cross buns 4", 125}, {"Doughnuts 5", 135},
    {"Victoria sponge", 325},
};
inline constexpr PricedGood kDairyGoods[] = {
    {"Semi-skimmed milk 2 l", 155}, {"Whole milk 1 l", 120}, {"Salted butter 250 g", 219},
    {"Mature Cheddar 400 g", 399}, {"Natural yogurt 500 g", 135}, {"Free range eggs 12", 315},
    {"Double cream 300 ml", 175}, {"Mozzarella 125 g", 109}, {"Soft cheese 180 g", 165},
    {"Greek yogurt 1 kg", 325}, {"Oat drink 1 l", 190}, {"Skyr 450 g", 220},
};
inline constexpr PricedGood kMeatGoods[] = {
    {"Chicken breast fillets", 729, true}, {"Beef mince 500 g", 389}, {"Pork sausages 8", 275},
    {"Back bacon 300 g", 289}, {"Whole chicken", 365, true}, {"Lamb chops", 1495, true},
    {"Cooked ham 150 g", 225}, {"Chorizo 225 g", 299}, {"Sirloin steak", 2150, true},
    {"Turkey mince 500 g", 349},
};
inline constexpr PricedGood kFishGoods[] = {
    {"Salmon fillets 240 g", 495}, {"Cod loin", 1890, true}, {"Smoked mackerel 200 g", 285},
    {"King prawns 150 g", 375}, {"Fishcakes 2", 250}, {"Smoked salmon 100 g", 425},
    {"Trout fillets", 1450, true},
};
inline constexpr PricedGood kFrozenGoods[] = {
    {"Garden peas 1 kg", 189}, {"Oven chips 1.5 kg", 249}, {"Fish fingers 10", 265},
    {"Vanilla ice cream 1 l", 289}, {"Margherita pizza", 219}, {"Mixed berries 500 g", 275},
    {"Yorkshire puddings 12", 149}, {"Veggie burgers 4", 299}, {"Spinach 900 g", 189},
    {"Choc ices 6", 215},
};
inline constexpr PricedGood kTinsGoods[] = {
    {"Baked beans 415 g", 99}, {"Chopped tomatoes 400 g", 65}, {"Tuna chunks 145 g", 115},
    {"Tomato soup 400 g", 125}, {"Chick peas 400 g", 70}, {"Sweetcorn 340 g", 95},
    {"Kidney beans 400 g", 70}, {"Peach slices 410 g", 110}, {"Coconut milk 400 ml", 135},
    {"Sardines 120 g", 85},
};
inline constexpr PricedGood kPastaGoods[] = {
    {"Penne 500 g", 95}, {"Spaghetti 500 g", 90}, {"Basmati rice 1 kg", 249},
    {"Egg noodles 250 g", 135}, {"Long grain rice 1 kg", 155}, {"Fusilli 1 kg", 165},
    {"Pesto 190 g", 179}, {"Couscous 500 g", 125}, {"Microwave rice 250 g", 110},
    {"Lasagne sheets 500 g", 119},
};
inline constexpr PricedGood kCerealsGoods[] = {
    {"Porridge oats 1 kg", 165}, {"Corn flakes 500 g", 185}, {"Wheat biscuits 24", 249},
    {"Muesli 750 g", 279}, {"Granola 500 g", 315}, {"Bran flakes 750 g", 229},
    {"Malted wheat 500 g", 239}, {"Cereal bars 6", 199},
};
inline constexpr PricedGood kSnacksGoods[] = {
    {"Ready salted crisps 6", 165}, {"Cheese puffs 6", 175}, {"Salted peanuts 200 g", 149},
    {"Tortilla chips 200 g", 135}, {"Cashews 150 g", 269}, {"Popcorn 100 g", 115},
    {"Pretzels 175 g", 125}, {"Olives 150 g", 225}, {"Houmous 200 g", 139},
    {"Rice cakes 130 g", 99},
};
inline constexpr PricedGood kSweetsGoods[] = {
    {"Milk chocolate 180 g", 199}, {"Dark chocolate 100 g", 165}, {"Fruit gums 150 g", 125},
    {"Mints 4", 150}, {"Toffees 200 g", 175}, {"Chocolate buttons 119 g", 145},
    {"Liquorice 160 g", 129}, {"Wine gums 190 g", 135}, {"Chewing gum 5", 179},
    {"Fudge 200 g", 210},
};
inline constexpr PricedGood kDrinksGoods[] = {
    {"Cola 2 l", 199}, {"Sparkling water 2 l", 75}, {"Orange juice 1 l", 189},
    {"Apple juice 1 l", 149}, {"Squash 1.5 l", 225}, {"Tonic water 1 l", 115}, {"Lemonade 2 l", 95},
    {"Ginger beer 4", 325}, {"Smoothie 750 ml", 289}, {"Energy drink 4", 399},
};
inline constexpr PricedGood kAlcoholGoods[] = {
    {"Sauvignon blanc 75 cl", 850}, {"Merlot 75 cl", 725}, {"Lager 10 x 440 ml", 1150},
    {"Pale ale 500 ml", 199}, {"Prosecco 75 cl", 899}, {"London gin 70 cl", 1800}, {"Cider 4", 475},
    {"Rioja 75 cl", 950}, {"Whisky 70 cl", 2199}, {"Stout 4", 525},
};
inline constexpr PricedGood kHouseholdGoods[] = {
    {"Kitchen roll 2", 249}, {"Toilet tissue 9", 525}, {"Washing-up liquid 520 ml", 125},
    {"Laundry liquid 1.4 l", 699}, {"Dishwasher tablets 40", 849}, {"Bin liners 20", 235},
    {"Bleach 750 ml", 99}, {"Foil 20 m", 275}, {"AA batteries 8", 599}, {"Sponges 6", 145},
};
inline constexpr PricedGood kToiletriesGoods[] = {
    {"Shampoo 400 ml", 325}, {"Toothpaste 75 ml", 249}, {"Shower gel 250 ml", 199},
    {"Deodorant 150 ml", 275}, {"Hand soap 250 ml", 150}, {"Razor blades 4", 899},
    {"Tissues 80", 135}, {"Paracetamol 16", 65}, {"Sun cream 200 ml", 750}, {"Plasters 40", 225},
};
inline constexpr PricedGood kBabyGoods[] = {
    {"Nappies size 4 40", 899}, {"Baby wipes 60", 115}, {"Infant formula 800 g", 1395},
    {"Fruit pouch 90 g", 99}, {"Baby rice 100 g", 215}, {"Teething rusks 150 g", 189},
};
inline constexpr PricedGood kPetsGoods[] = {
    {"Cat food pouches 12", 525}, {"Dog food tins 6", 575}, {"Cat litter 10 l", 649},
    {"Dog treats 180 g", 225}, {"Dry cat food 2 kg", 799}, {"Bird seed 2 kg", 450},
};
inline constexpr PricedGood kSeasonalGoods[] = {
    {"Mince pies 6", 225}, {"Christmas pudding 454 g", 599}, {"Christmas crackers 6", 850},
    {"Gift wrap 4 m", 350}, {"Christmas cards 20", 499}, {"Advent calendar", 275},
    {"Stollen 500 g", 450}, {"Brandy butter 200 g", 325},
};
inline constexpr PricedGood kTobaccoGoods[] = {
    {"Cigarettes king size 20", 1450}, {"Rolling tobacco 30 g", 1995}, {"Menthol filters 100", 125},
    {"Cigarettes blue 20", 1535},
};
inline constexpr PricedGood kGiftCardGoods[] = {
    {"Gift card 10", 1000}, {"Gift card 20", 2000}, {"Gift card 50", 5000},
};

inline constexpr std::array<ShelfPlan, kShelves> kPriceList{{
    {Shelf::tea, "tea", 55, 55, kTeaGoods},
    {Shelf::biscuits, "biscuits", 60, 75, kBiscuitsGoods},
    {Shelf::coffee, "coffee", 35, 40, kCoffeeGoods},
    {Shelf::fresh, "fresh", 160, 150, kFreshGoods},
    {Shelf::bakery, "bakery", 110, 100, kBakeryGoods},
    {Shelf::dairy, "dairy", 130, 135, kDairyGoods},
    {Shelf::meat, "meat", 75, 85, kMeatGoods},
    {Shelf::fish, "fish", 30, 40, kFishGoods},
    {Shelf::frozen, "frozen", 60, 60, kFrozenGoods},
    {Shelf::tins, "tins", 55, 50, kTinsGoods},
    {Shelf::pasta, "pasta", 45, 40, kPastaGoods},
    {Shelf::cereals, "cereals", 40, 35, kCerealsGoods},
    {Shelf::snacks, "snacks", 60, 75, kSnacksGoods},
    {Shelf::sweets, "confectionery", 50, 90, kSweetsGoods},
    {Shelf::drinks, "soft-drinks", 60, 65, kDrinksGoods},
    {Shelf::alcohol, "beer-wine-spirits", 40, 80, kAlcoholGoods},
    {Shelf::household, "household", 45, 45, kHouseholdGoods},
    {Shelf::toiletries, "toiletries", 35, 40, kToiletriesGoods},
    {Shelf::baby, "baby", 15, 15, kBabyGoods},
    {Shelf::pets, "pets", 25, 25, kPetsGoods},
    {Shelf::seasonal, "seasonal", 4, 70, kSeasonalGoods},
    {Shelf::tobacco, "tobacco", 14, 14, kTobaccoGoods},
    {Shelf::gift_card, "gift-card", 5, 25, kGiftCardGoods},
}};
// clang-format on

}  // namespace accrue::cli
